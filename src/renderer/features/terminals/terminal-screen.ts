import '@xterm/xterm/css/xterm.css'
import { FitAddon } from '@xterm/addon-fit'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { Terminal } from '@xterm/xterm'
import type { WorkerClient } from '../../../client/worker-client.ts'
import { announce } from '../../ui/announcements.ts'
import { createStore, type Store } from '../../ui/store.ts'
import { type ClipboardRight, ProgramClipboard } from './clipboard/program-clipboard.ts'
import { TerminalPaste } from './clipboard/terminal-paste.ts'
import { followLink } from './links/follow-link.ts'
import { TerminalLinks } from './links/terminal-links.ts'
import { TerminalSearch } from './search/terminal-search.ts'
import { endingSentence } from './shell/command-words.ts'
import { ShellCommands } from './shell/shell-commands.ts'
import type { TerminalLook } from './terminal-look.ts'
import { TerminalUploads } from './upload/terminal-uploads.ts'

const LINE_HEIGHT = 1.25
/** A command that ran this long here has just ended, also where nobody has typed since the page was opened. */
const WATCHED_MS = 1000

/** An emulator with everything that can be done in it. */
export type TerminalScreen = {
  xterm: Terminal
  fit: FitAddon
  search: TerminalSearch
  links: TerminalLinks
  paste: TerminalPaste
  clipboard: ProgramClipboard
  commands: ShellCommands
  uploads: TerminalUploads
  /** Whether its text is being read. */
  reading: Store<boolean>
  restyle: (look: TerminalLook) => void
  dispose: () => void
}

export type ScreenDeps = {
  client: Pick<WorkerClient, 'files'>
  workspace: string
  id: string
  look: TerminalLook
  openLink: (url: string) => void
  /** Whether a click on a link opens it. */
  opensLink: (event: MouseEvent) => boolean
  /** Whether the key is Berth's: then the shell does not get it. */
  claims: (event: KeyboardEvent, hasSelection: boolean) => boolean
  warnsOfPastedLines: () => boolean
  clipboardRight: ClipboardRight
}

/**
 * A terminal emulator that will stand in `element`. This module is loaded with the first terminal, not with the page.
 */
export function createTerminalScreen(element: HTMLElement, deps: ScreenDeps): TerminalScreen {
  const { look, claims, openLink } = deps
  const xterm = new Terminal({
    allowProposedApi: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    lineHeight: LINE_HEIGHT,
    ...look,
  })
  const fit = new FitAddon()
  xterm.loadAddon(fit)
  xterm.loadAddon(new UnicodeGraphemesAddon())
  xterm.attachCustomKeyEventHandler((event) => !claims(event, xterm.hasSelection()))
  const isInUse = watchUse(element)
  const commands = new ShellCommands(xterm, {
    now: () => performance.now(),
    onEnd: (command, line, watchedMs) => {
      // What is replayed ended long ago; what is hidden is told of elsewhere.
      if (element.isConnected && (isInUse() || watchedMs >= WATCHED_MS)) announce(endingSentence(command, line))
    },
  })
  const links = new TerminalLinks(xterm, {
    cwd: () => commands.folder,
    opens: deps.opensLink,
    follow: (target) => followLink(target, openLink),
  })
  const search = new TerminalSearch(xterm)
  const paste = new TerminalPaste(xterm, deps.warnsOfPastedLines)
  paste.listen(element)
  const clipboard = new ProgramClipboard(xterm, { right: deps.clipboardRight, isInUse })
  const uploads = new TerminalUploads({
    files: deps.client.files,
    workspace: deps.workspace,
    terminal: deps.id,
    insert: (text) => paste.paste(text),
  })
  const restyle = (changed: TerminalLook): void => {
    Object.assign(xterm.options, changed)
    element.style.backgroundColor = changed.theme.background ?? ''
    search.recolour()
  }
  restyle(look)
  const reading = createStore(false)
  const dispose = (): void => {
    uploads.dispose()
    xterm.dispose()
  }
  return { xterm, fit, search, links, paste, clipboard, commands, uploads, reading, restyle, dispose }
}

/** Whether anybody has used the terminal since it is here. */
function watchUse(element: HTMLElement): () => boolean {
  let isUsed = false
  for (const act of ['keydown', 'paste', 'pointerdown']) {
    const use = (): void => {
      isUsed = true
    }
    element.addEventListener(act, use, { capture: true, once: true })
  }
  return () => isUsed
}
