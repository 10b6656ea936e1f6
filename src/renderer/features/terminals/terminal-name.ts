import { strings } from '../../strings/index.ts'
import type { Tab } from './layout/layout.ts'
import { terminalsIn } from './layout/pane-tree.ts'
import type { TerminalEntry } from './use-terminals.ts'

/** Shells call their window `user@host: folder`; both are the same in all terminals of a workspace. */
const SHELL_PREFIX = /^[\w.-]+@[\w.-]+: ?(?=\S)/

/** `zsh`, `~/api`, or `Terminal 2` where the terminal has no name of its own. */
export function terminalName({ title, position }: Pick<TerminalEntry, 'title' | 'position'>): string {
  if (title !== '') return title.replace(SHELL_PREFIX, '')
  return position === 0 ? strings.terminals.nameless : strings.terminals.defaultTitle(position)
}

type NamedTab = {
  tab: Tab
  name: string
  /** Counted from 1. */
  position: number
  /** Nothing runs in it any more. */
  hasEnded?: boolean
}

/** A tab as it is read out: `2 zsh, 3 terminals, zoomed`. */
export function tabName({ tab, name, position, hasEnded = false }: NamedTab): string {
  const count = terminalsIn(tab.tree).length
  return [
    strings.terminals.numbered(position, name),
    ...(count > 1 ? [strings.terminals.inTab(count)] : []),
    ...(tab.isZoomed ? [strings.terminals.zoomed] : []),
    ...(hasEnded ? [strings.terminals.over] : []),
  ].join(', ')
}
