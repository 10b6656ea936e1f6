import { type ReactNode, useState } from 'react'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import { showToast } from '../../ui/toast-store.ts'
import { CloseQuestion } from './close-question.tsx'
import { hasEnded as isEnded } from './layout/workspace-tabs.ts'
import type { TerminalActions } from './terminal-actions.ts'
import { isOver } from './terminal-endings.ts'
import { terminalName } from './terminal-name.ts'
import { terminalRegistry } from './terminal-registry.ts'
import type { Terminals } from './use-terminals.ts'

export type Closing = {
  /** Ends terminals of one tab, or one of the background; what still runs is asked about first. */
  close: (ids: readonly string[]) => void
  /** Lets them run on without a tab. */
  toBackground: (ids: readonly string[]) => void
  /** The question, while there is one. */
  question: ReactNode
}

/** Closing asks first, unless all have ended by themselves. */
export function useClosing(terminals: Terminals, actions: TerminalActions): Closing {
  const [asking, setAsking] = useState<readonly string[]>([])
  const nameOf = (ids: readonly string[]): string => namesOf(terminals, ids)
  const end = (ids: readonly string[]): void => {
    const title = strings.terminals.closed(nameOf(ids))
    actions.end(ids)
    showToast({
      kind: 'stopped',
      title,
      action: { label: strings.commands.title['reopen-terminal'], run: () => actions.reopen(ids[0]) },
    })
  }
  const toBackground = (ids: readonly string[]): void => {
    announce(strings.terminals.keptRunning(nameOf(ids)))
    actions.toBackground(ids)
  }
  const close = (ids: readonly string[]): void => {
    if (ids.every((id) => hasEnded(terminals, id))) {
      actions.end(ids)
      actions.focusCurrent()
    } else setAsking(ids)
  }
  const question =
    asking.length === 0 ? null : (
      <CloseQuestion
        key={asking.join()}
        title={nameOf(asking)}
        count={asking.length}
        onAnswer={(answer) => {
          setAsking([])
          if (answer === 'end') end(asking)
          if (answer === 'keep') toBackground(asking)
        }}
        afterAnswer={actions.focusCurrent}
      />
    )
  return { close, toBackground, question }
}

function hasEnded(terminals: Terminals, id: string): boolean {
  const state = terminalRegistry.find(id)?.read().state
  return (state !== undefined && isOver(state)) || isEnded(terminals.entryOf(id).record ?? {})
}

function namesOf(terminals: Terminals, ids: readonly string[]): string {
  const [first] = ids
  return first !== undefined && ids.length === 1
    ? terminalName(terminals.entryOf(first))
    : strings.terminals.several(ids.length)
}
