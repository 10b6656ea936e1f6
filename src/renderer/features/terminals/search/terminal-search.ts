import { SearchAddon } from '@xterm/addon-search'
import type { Terminal } from '@xterm/xterm'
import { createStore } from '../../../ui/store.ts'
import { searchColours } from './search-colours.ts'

/** More matches than these are not marked, and said to be "more than". */
export const MAX_MATCHES = 1000

export type SearchOptions = { caseSensitive: boolean; wholeWord: boolean; regex: boolean }

export type SearchOutcome =
  | { kind: 'idle' }
  /** The regular expression is none. */
  | { kind: 'invalid' }
  /** `position` from 1; 0 where none is gone to. */
  | { kind: 'found'; position: number; count: number }

export type SearchView = {
  isOpen: boolean
  /** Counts the times that the search was asked for: each takes the keyboard to its box. */
  asked: number
  term: string
  options: SearchOptions
  outcome: SearchOutcome
}

const CLOSED: SearchView = {
  isOpen: false,
  asked: 0,
  term: '',
  options: { caseSensitive: false, wholeWord: false, regex: false },
  outcome: { kind: 'idle' },
}

/** Search in what one terminal shows and has kept. What is written meanwhile is searched too. */
export class TerminalSearch {
  readonly #xterm: Terminal
  readonly #addon = new SearchAddon({ highlightLimit: MAX_MATCHES })
  readonly #view = createStore(CLOSED)
  readonly read = this.#view.read
  readonly subscribe = this.#view.subscribe

  constructor(xterm: Terminal) {
    this.#xterm = xterm
    xterm.loadAddon(this.#addon)
    this.#addon.onDidChangeResults(({ resultIndex, resultCount }) =>
      this.#change({ outcome: { kind: 'found', position: resultIndex + 1, count: resultCount } }),
    )
  }

  /** Opens the search, for what is selected where that is part of one line. */
  open(): void {
    const selected = this.#xterm.getSelection()
    const term = selected === '' || selected.includes('\n') ? this.read().term : selected
    this.#change({ isOpen: true, asked: this.read().asked + 1 })
    this.look({ term })
  }

  /** What is looked for changed: goes to the newest match. */
  look(change: { term?: string; options?: Partial<SearchOptions> }): void {
    const { term: before, options } = this.read()
    this.#change({ term: change.term ?? before, options: { ...options, ...change.options } })
    // The addon marks anew only what it does not take for the same search.
    this.#addon.clearDecorations()
    this.#find('previous')
  }

  next(): void {
    this.#find('next')
  }

  previous(): void {
    this.#find('previous')
  }

  close(): void {
    this.#addon.clearDecorations()
    this.#xterm.clearSelection()
    this.#change({ isOpen: false, outcome: { kind: 'idle' } })
  }

  /** The theme changed: what is marked is marked in its colours. */
  recolour(): void {
    if (this.read().isOpen) this.look({})
  }

  #find(direction: 'next' | 'previous'): void {
    const { term, options } = this.read()
    if (term === '') {
      this.#xterm.clearSelection()
      this.#change({ outcome: { kind: 'idle' } })
      return
    }
    if (options.regex && !isRegularExpression(term)) {
      this.#change({ outcome: { kind: 'invalid' } })
      return
    }
    const wanted = { ...options, decorations: searchColours(this.#xterm.options.theme ?? {}) }
    if (direction === 'next') this.#addon.findNext(term, wanted)
    else this.#addon.findPrevious(term, wanted)
  }

  #change(change: Partial<SearchView>): void {
    this.#view.set({ ...this.read(), ...change })
  }
}

function isRegularExpression(term: string): boolean {
  try {
    // `g` as the addon compiles it; one that matches nothing at all would never come to an end there.
    return !new RegExp(term, 'g').test('')
  } catch {
    return false
  }
}
