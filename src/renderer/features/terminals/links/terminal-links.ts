import { WebLinksAddon } from '@xterm/addon-web-links'
import type { IDisposable, IMarker, Terminal } from '@xterm/xterm'
import { createStore } from '../../../ui/store.ts'
import { textLines } from '../screen-text.ts'
import { fileLinkProvider } from './file-link-provider.ts'
import { findLinks, reachOfLinks, WEB_ADDRESS } from './find-links.ts'
import { type LinkTarget, targetOf } from './link-target.ts'

/** Hyperlinks of programs beyond these are not listed any more; they can still be clicked. */
const MAX_REMEMBERED = 500

export type LinksView = {
  /** What the pointer is over. */
  hovered: LinkTarget | undefined
  /** The links of the screen, while somebody chooses among them. */
  listed: readonly LinkTarget[] | undefined
}

type LinksDeps = {
  /** The folder of the shell, as far as it told. */
  cwd: () => string | undefined
  /** Whether a click is one that opens: with Ctrl, or Cmd on a Mac. */
  opens: (event: MouseEvent) => boolean
  follow: (target: LinkTarget) => void
}

/** The links of one terminal: in its text, and as programs make them (OSC 8). */
export class TerminalLinks {
  readonly #xterm: Terminal
  readonly #deps: LinksDeps
  readonly #view = createStore<LinksView>({ hovered: undefined, listed: undefined })
  readonly #made: { marker: IMarker; address: string }[] = []
  readonly read = this.#view.read
  readonly subscribe = this.#view.subscribe

  constructor(xterm: Terminal, deps: LinksDeps) {
    this.#xterm = xterm
    this.#deps = deps
    const hover = (address: string): void => this.#hover(targetOf(address))
    const leave = (): void => this.#hover(undefined)
    const activate = (event: MouseEvent, address: string): void => this.#click(event, targetOf(address))
    xterm.options.linkHandler = {
      activate,
      hover: (_event, address) => hover(address),
      leave,
      // They come to `targetOf`, which refuses them where it can be seen.
      allowNonHttpProtocols: true,
    }
    xterm.loadAddon(
      new WebLinksAddon(activate, { urlRegex: WEB_ADDRESS, hover: (_event, address) => hover(address), leave }),
    )
    xterm.registerLinkProvider(
      fileLinkProvider(xterm, {
        cwd: deps.cwd,
        hover: (target) => this.#hover(target),
        activate: (event, target) => this.#click(event, target),
      }),
    )
    this.#remember()
  }

  /** Opens the list of what the screen links to, the lowest first. */
  list(): void {
    const { rows, cols } = this.#xterm
    const { viewportY } = this.#xterm.buffer.active
    const last = viewportY + rows - 1
    const around = { from: viewportY, to: last, reach: reachOfLinks(cols) }
    const written = textLines(this.#xterm.buffer.active, around)
      .flatMap(({ text }) => findLinks(text, this.#deps.cwd()))
      .map(({ target }) => target)
    const made = this.#made
      .filter(({ marker }) => marker.line >= viewportY && marker.line <= last)
      .map(({ address }) => targetOf(address))
    const distinct = new Map([...written, ...made].map((target) => [JSON.stringify(target), target]))
    this.#view.set({ ...this.read(), listed: [...distinct.values()].toReversed() })
  }

  choose(target: LinkTarget): void {
    this.closeList()
    this.#deps.follow(target)
  }

  closeList(): void {
    this.#view.set({ ...this.read(), listed: undefined })
  }

  #click(event: MouseEvent, target: LinkTarget): void {
    if (this.#deps.opens(event)) this.#deps.follow(target)
  }

  #hover(hovered: LinkTarget | undefined): void {
    this.#view.set({ ...this.read(), hovered })
  }

  /** The emulator does not tell where hyperlinks stand; their beginnings are noted as they pass. */
  #remember(): IDisposable {
    return this.#xterm.parser.registerOscHandler(8, (data) => {
      const address = data.slice(data.indexOf(';') + 1)
      if (address !== '') {
        const marker = this.#xterm.registerMarker(0)
        this.#made.push({ marker, address })
        marker.onDispose(() => {
          const index = this.#made.findIndex((link) => link.marker === marker)
          if (index >= 0) this.#made.splice(index, 1)
        })
        if (this.#made.length > MAX_REMEMBERED) this.#made[0]?.marker.dispose()
      }
      return false
    })
  }
}
