import type { SettingsStore } from './settings.ts'

/** The look that stands now, after the system's preferences were asked. */
export type Appearance = { dark: boolean; moreContrast: boolean }

export interface AppearanceStore {
  /** The same object until something changed. */
  read(): Appearance
  subscribe(listener: () => void): () => void
}

const DARK = '(prefers-color-scheme: dark)'
const CONTRAST = '(prefers-contrast: more)'

/**
 * Keeps the theme of the document in step with the settings and the system. `public/theme.js` does the same once before
 * the first frame; keep the two alike.
 */
export function followAppearance(settings: SettingsStore): AppearanceStore {
  const listeners = new Set<() => void>()
  const systemDark = matchMedia(DARK)
  const systemContrast = matchMedia(CONTRAST)
  const resolve = (): Appearance => {
    const { theme, contrast } = settings.read()
    return {
      dark: theme === 'dark' || (theme === 'system' && systemDark.matches),
      moreContrast: contrast === 'more' || systemContrast.matches,
    }
  }

  let current = resolve()
  applyAppearance(current)
  const refresh = (): void => {
    current = resolve()
    applyAppearance(current)
    for (const listener of listeners) listener()
  }
  settings.subscribe(refresh)
  systemDark.addEventListener('change', refresh)
  systemContrast.addEventListener('change', refresh)

  return {
    read: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function applyAppearance({ dark, moreContrast }: Appearance): void {
  const root = document.documentElement
  root.classList.toggle('dark', dark)
  if (moreContrast) root.dataset['contrast'] = 'more'
  else delete root.dataset['contrast']
}
