/** Ends a switch over a closed set: does not compile when a member is left out, throws when a value escapes its type. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
