import type { ITheme } from '@xterm/xterm'

/** What of a terminal depends on settings. */
export type TerminalLook = {
  theme: ITheme
  minimumContrastRatio: number
  fontSize: number
  screenReaderMode: boolean
}
