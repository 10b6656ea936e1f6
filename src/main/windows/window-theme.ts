import type { DesktopSettings } from '../../contract/desktop/index.ts'

/**
 * The colour behind the page, so that no frame of another colour is seen before the first paint. The values are the
 * `bg` token of each theme in `src/renderer/ui/tokens.css`; a test holds them together.
 */
export const BACKGROUND = {
  light: '#F5F7FA',
  dark: '#0F1318',
  lightHighContrast: '#FFFFFF',
  darkHighContrast: '#000000',
} as const

export interface ThemeFacts {
  dark: boolean
  /** The system asks for more contrast. */
  systemHighContrast: boolean
  contrast: DesktopSettings['contrast']
}

export function backgroundColor({ dark, systemHighContrast, contrast }: ThemeFacts): string {
  const high = systemHighContrast || contrast === 'more'
  if (dark) return high ? BACKGROUND.darkHighContrast : BACKGROUND.dark
  return high ? BACKGROUND.lightHighContrast : BACKGROUND.light
}
