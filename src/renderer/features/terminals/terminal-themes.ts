import type { ITheme } from '@xterm/xterm'
import type { Appearance } from '../../platform/appearance.ts'
import { COLOUR_NAMES, type TerminalTheme } from '../../platform/terminal-theme.ts'

type Ground = Pick<TerminalTheme, 'background' | 'foreground' | 'selection' | 'cursor'>

/** Builds a theme from two rows of colours in the order of the escape codes. */
function theme(ground: Ground, rows: [string, string]): ITheme {
  const colours = rows.flatMap((row) => row.split(' ').map((colour) => `#${colour.toLowerCase()}`))
  return importedTheme({ name: '', ...ground, colours })
}

function groundOf({ background, foreground, cursor, selection }: Ground): ITheme {
  return {
    ...{ background, foreground, cursor },
    cursorAccent: background,
    selectionBackground: selection,
    selectionInactiveBackground: selection,
    selectionForeground: foreground,
  }
}

export const TERMINAL_THEMES = {
  dark: theme({ background: '#0F1318', foreground: '#E8ECF1', selection: '#264B7D', cursor: '#6CB4FF' }, [
    '3A4450 FF8A80 56D08F F2B93B 6CB4FF CBA6FF 4FD1D9 C9D1DA',
    '8A96A4 FFB0A8 86E3B1 FFD576 9CCDFF DEC6FF 86E4E9 FFFFFF',
  ]),
  light: theme({ background: '#FFFFFF', foreground: '#17202B', selection: '#BFD9FF', cursor: '#0A56BD' }, [
    '17202B B42318 0B6B3A 7A4E00 0A56BD 6B34B8 006A75 5B6673',
    '4A5563 D0342C 0F7F46 8F5F00 1A6AD8 8048CF 007A87 6A7480',
  ]),
  contrastDark: theme({ background: '#000000', foreground: '#FFFFFF', selection: '#00509E', cursor: '#FFD866' }, [
    '595959 FFB3AD 7CF0B0 FFD866 8CCBFF DFC7FF 7DEBF2 F2F2F2',
    'A6A6A6 FFCCC8 A8F7CB FFE699 B5DDFF EBDCFF A8F3F7 FFFFFF',
  ]),
  contrastLight: theme({ background: '#FFFFFF', foreground: '#000000', selection: '#A8CCFF', cursor: '#003A8C' }, [
    '000000 7A0C06 00401F 4A2F00 003A8C 43127F 003F47 3D3D3D',
    '333333 8F1710 00502A 5A3A00 0A48A0 55209A 004E57 4A4A4A',
  ]),
}

/** Berth's own theme under the look of the app. */
export function ownTheme({ dark, moreContrast }: Appearance): ITheme {
  if (moreContrast) return dark ? TERMINAL_THEMES.contrastDark : TERMINAL_THEMES.contrastLight
  return dark ? TERMINAL_THEMES.dark : TERMINAL_THEMES.light
}

export function importedTheme({ colours, ...ground }: TerminalTheme): ITheme {
  return { ...Object.fromEntries(COLOUR_NAMES.map((name, index) => [name, colours[index]])), ...groundOf(ground) }
}
