import type { Terminal } from '@xterm/xterm'
import { copyText } from '../../../platform/clipboard.ts'
import { createStore } from '../../../ui/store.ts'
import { type ClipboardRequest, parseClipboardRequest } from './clipboard-request.ts'

/** Whether programs of a workspace may set the clipboard: not asked yet, or as the person decided. */
export type ClipboardRight = {
  read: () => 'allowed' | 'refused' | undefined
  decide: (decision: 'allowed' | 'refused') => void
}

export type ClipboardNews =
  /** A program wants to set the clipboard, and nobody has decided yet. */
  | { kind: 'asks'; text: string }
  /** It may, but the browser wants a click for it. */
  | { kind: 'needs-click'; text: string }
  | { kind: 'refused'; reason: 'read' | 'size' | 'encoding' }

type ProgramClipboardDeps = {
  right: ClipboardRight
  /**
   * Whether somebody has used this terminal on this screen. Before, its output may be a replay of what was long ago: old
   * requests in it must not reach the clipboard of today.
   */
  isInUse: () => boolean
}

/** What the programs of one terminal ask of the clipboard (OSC 52): they may set it by permission, and never read it. */
export class ProgramClipboard {
  readonly #deps: ProgramClipboardDeps
  readonly #news = createStore<ClipboardNews | undefined>(undefined)
  readonly read = this.#news.read
  readonly subscribe = this.#news.subscribe

  constructor(xterm: Terminal, deps: ProgramClipboardDeps) {
    this.#deps = deps
    xterm.parser.registerOscHandler(52, (data) => {
      if (deps.isInUse()) this.#asked(parseClipboardRequest(data))
      return true
    })
  }

  /** The answer to `asks`; it stands for the workspace until it is taken back in the settings. */
  decide(decision: 'allowed' | 'refused'): void {
    const news = this.read()
    this.#deps.right.decide(decision)
    this.#news.set(undefined)
    if (news?.kind === 'asks' && decision === 'allowed') void this.#copy(news.text)
  }

  /** Copies after all, in answer to a click. */
  copyNow(): void {
    const news = this.read()
    this.#news.set(undefined)
    if (news?.kind === 'needs-click') void this.#copy(news.text)
  }

  dismiss(): void {
    this.#news.set(undefined)
  }

  #asked(request: ClipboardRequest): void {
    const right = this.#deps.right.read()
    if (right === 'refused') return
    if (request.kind === 'read') this.#news.set({ kind: 'refused', reason: 'read' })
    else if (request.kind === 'refused') this.#news.set(request)
    else if (right === 'allowed') void this.#copy(request.text)
    else this.#news.set({ kind: 'asks', text: request.text })
  }

  async #copy(text: string): Promise<void> {
    if (!(await copyText(text))) this.#news.set({ kind: 'needs-click', text })
  }
}
