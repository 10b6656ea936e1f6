/** Takes the code of `#pair=<code>` and removes it from the address, before anything else can read or keep it. */
export function takePairingCode(location: Location, history: History): string | undefined {
  const code = new URLSearchParams(location.hash.slice(1)).get('pair')
  if (code === null) return undefined
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  return code
}

/** The characters of a code as it was typed or pasted: case, spaces and dashes do not matter. */
export const normaliseCode = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase()
