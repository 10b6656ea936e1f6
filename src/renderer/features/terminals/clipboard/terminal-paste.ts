import type { Terminal } from '@xterm/xterm'
import { createStore } from '../../../ui/store.ts'
import { asOneLine, dangersOf, type PasteDanger, pasteInput } from './paste-text.ts'

/** A paste that waits for an answer. */
export type PasteQuestion = { text: string; dangers: readonly PasteDanger[] }

/** Everything that is pasted into one terminal, by keys, menu or mouse, goes through here. */
export class TerminalPaste {
  readonly #xterm: Terminal
  readonly #warnsOfLines: () => boolean
  readonly #question = createStore<PasteQuestion | undefined>(undefined)
  readonly read = this.#question.read
  readonly subscribe = this.#question.subscribe

  constructor(xterm: Terminal, warnsOfLines: () => boolean) {
    this.#xterm = xterm
    this.#warnsOfLines = warnsOfLines
  }

  /** Takes the pastes of the browser before the emulator does. */
  listen(element: HTMLElement): void {
    element.addEventListener(
      'paste',
      (event) => {
        event.preventDefault()
        event.stopPropagation()
        this.paste(event.clipboardData?.getData('text/plain') ?? '')
      },
      { capture: true },
    )
  }

  /** Pastes, or asks first. */
  paste(text: string): void {
    if (text === '') return
    const minds = this.#warnsOfLines() ? 'lines' : 'nothing'
    const dangers = dangersOf(text, { isBracketed: this.#isBracketed, minds })
    if (dangers.length === 0) this.#send(text)
    else this.#question.set({ text, dangers })
  }

  /** The answer to the question that stands. */
  answer(answer: 'paste' | 'one-line' | 'cancel'): void {
    const question = this.read()
    this.#question.set(undefined)
    if (question === undefined || answer === 'cancel') return
    this.#send(answer === 'paste' ? question.text : asOneLine(question.text))
  }

  get #isBracketed(): boolean {
    return this.#xterm.modes.bracketedPasteMode
  }

  #send(text: string): void {
    this.#xterm.input(pasteInput(text, this.#isBracketed))
  }
}
