const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

/** A size in the unit that reads best, by 1024: `512 B`, `2.1 MB`, `16 GB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** power
  return `${value.toFixed(power === 0 || value >= 10 ? 0 : 1)} ${UNITS[power] ?? ''}`
}
