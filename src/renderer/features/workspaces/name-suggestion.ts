const FIRST = [
  'amber',
  'brisk',
  'calm',
  'clear',
  'deep',
  'early',
  'fair',
  'glad',
  'keen',
  'light',
  'mild',
  'north',
  'quiet',
  'swift',
  'true',
  'warm',
]
const SECOND = [
  'anchor',
  'bay',
  'beacon',
  'cove',
  'delta',
  'dock',
  'gull',
  'harbor',
  'helm',
  'keel',
  'lagoon',
  'mast',
  'pier',
  'reef',
  'sail',
  'tide',
]

/** A name that is free: two words, and a number only when luck ran out. `random` gives 0 up to, not including, 1. */
export function suggestName(taken: ReadonlySet<string>, random: () => number): string {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? 'berth'
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const name = `${pick(FIRST)}-${pick(SECOND)}`
    if (!taken.has(name)) return name
  }
  const base = `${pick(FIRST)}-${pick(SECOND)}`
  let number = 2
  while (taken.has(`${base}-${number}`)) number += 1
  return `${base}-${number}`
}
