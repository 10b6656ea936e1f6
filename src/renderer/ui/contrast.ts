/** Relative luminance of a colour `#rrggbb` (WCAG 2). */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/** Contrast ratio of two colours `#rrggbb`, from 1 to 21 (WCAG 2). */
export function contrast(one: string, other: string): number {
  const [first, second] = [luminance(one), luminance(other)]
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

/** The colour that lies `share` (0 to 1) of the way from one colour `#rrggbb` to another. */
export function mix(from: string, to: string, share: number): string {
  const channel = (at: number): string => {
    const [start, end] = [from, to].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16))
    const value = Math.round((start ?? 0) + ((end ?? 0) - (start ?? 0)) * share)
    return value.toString(16).padStart(2, '0')
  }
  return `#${channel(1)}${channel(3)}${channel(5)}`
}
