import type { ITerminalOptions, ITheme } from '@xterm/xterm'
import type { Appearance } from '../../platform/appearance.ts'
import type { AppSettings } from '../../platform/settings.ts'
import { importedTheme, ownTheme } from './terminal-themes.ts'

const MONO = "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', 'DejaVu Sans Mono', Menlo, monospace"
const CONTRAST_RATIOS = { standard: 4.5, more: 7, off: 1 }

/** What of a terminal depends on settings. */
export type TerminalLook = Required<
  Pick<ITerminalOptions, 'fontFamily' | 'fontSize' | 'cursorStyle' | 'scrollback' | 'minimumContrastRatio'>
> & { theme: ITheme; screenReaderMode: boolean }

/** Terminals as the settings and the look of the app want them, and as a screen reader that is at work needs them. */
export function terminalLook(settings: AppSettings, appearance: Appearance, hasScreenReader: boolean): TerminalLook {
  const imported = settings.importedThemes.find(({ name }) => name === settings.terminalTheme)
  const asked = CONTRAST_RATIOS[settings.textContrast]
  return {
    theme: imported === undefined ? ownTheme(appearance) : importedTheme(imported),
    // More contrast in the app is more contrast here, except where it was turned off by name.
    minimumContrastRatio:
      appearance.moreContrast && settings.textContrast === 'standard' ? CONTRAST_RATIOS.more : asked,
    fontFamily: settings.terminalFont === '' ? MONO : `${settings.terminalFont}, ${MONO}`,
    fontSize: settings.terminalFontSize,
    cursorStyle: settings.cursorStyle,
    scrollback: settings.scrollbackLines,
    screenReaderMode: settings.screenReader || hasScreenReader,
  }
}
