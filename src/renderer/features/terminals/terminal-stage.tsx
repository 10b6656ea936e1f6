import { useState } from 'react'
import { strings } from '../../strings/index.ts'
import type { Worker } from '../../worker/workers.ts'
import { TerminalPane } from './terminal-pane.tsx'
import { terminalRegistry } from './terminal-registry.ts'
import { tabLabel } from './terminal-tabs.tsx'
import { useLiveTerminal } from './use-live-terminal.ts'
import type { TerminalTab } from './use-terminals.ts'

type TerminalStageProps = { worker: Worker; workspace: string; tab: TerminalTab; count: number; onRestart: () => void }

/** The terminal of the active tab. Trying again lets go of the one that failed and opens it anew. */
export function TerminalStage(props: TerminalStageProps) {
  const [attempt, setAttempt] = useState(0)
  const retry = (): void => {
    terminalRegistry.forget(props.tab.id)
    setAttempt(attempt + 1)
  }
  return <Attempt key={attempt} {...props} onRetry={retry} />
}

function Attempt({ worker, workspace, tab, count, onRestart, onRetry }: TerminalStageProps & { onRetry: () => void }) {
  const terminal = useLiveTerminal({ worker, workspace, tab })
  const label = strings.terminals.label({
    position: tab.position,
    count,
    title: tabLabel(tab),
    place: strings.workspace.onWorker(workspace, worker.label),
  })
  return <TerminalPane terminal={terminal} label={label} onRestart={onRestart} onRetry={onRetry} />
}
