/** Does what the workspace works without; where it fails, `warnings` say what, and why. */
export function attempt(warnings: string[], what: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    warnings.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
