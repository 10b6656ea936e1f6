/** So many names are told in full. */
const TOLD_NAMES = 8

/** Who asked for a workspace that is not there is told which are: a hint in a sentence. */
export function hintOfNames(names: readonly string[]): string {
  const [only, second] = names
  if (only === undefined) return 'It has none yet.'
  if (second === undefined) return `It has one: ${only}.`
  const told = names.slice(0, TOLD_NAMES).join(', ')
  return names.length > TOLD_NAMES ? `It has ${told} and ${names.length - TOLD_NAMES} more.` : `It has ${told}.`
}
