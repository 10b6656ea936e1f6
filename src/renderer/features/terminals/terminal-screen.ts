import '@xterm/xterm/css/xterm.css'
import { FitAddon } from '@xterm/addon-fit'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import type { TerminalLook } from './terminal-look.ts'
import { TerminalSearch } from './terminal-search.ts'

const SCROLLBACK_LINES = 5000
const MONO = "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', 'DejaVu Sans Mono', Menlo, monospace"
const LINE_HEIGHT = 1.25

/** An emulator with everything that can be done in it. */
export type TerminalScreen = {
  xterm: Terminal
  fit: FitAddon
  search: TerminalSearch
  restyle: (look: TerminalLook) => void
  dispose: () => void
}

type ScreenDeps = {
  look: TerminalLook
  openLink: (url: string) => void
  /** Whether the key is Berth's: then the shell does not get it. */
  claims: (event: KeyboardEvent) => boolean
}

/** A terminal emulator that is not in the page yet. This module is loaded with the first terminal, not with the page. */
export function createTerminalScreen({ look, openLink, claims }: ScreenDeps): TerminalScreen {
  const xterm = new Terminal({
    allowProposedApi: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily: MONO,
    lineHeight: LINE_HEIGHT,
    scrollback: SCROLLBACK_LINES,
    linkHandler: { activate: (_event, url) => openLink(url) },
    ...look,
  })
  const fit = new FitAddon()
  xterm.loadAddon(fit)
  xterm.loadAddon(new UnicodeGraphemesAddon())
  xterm.loadAddon(new WebLinksAddon((_event, url) => openLink(url)))
  xterm.attachCustomKeyEventHandler((event) => !claims(event))
  const search = new TerminalSearch(xterm)
  return {
    xterm,
    fit,
    search,
    restyle: (changed) => {
      Object.assign(xterm.options, changed)
      search.recolour()
    },
    dispose: () => xterm.dispose(),
  }
}
