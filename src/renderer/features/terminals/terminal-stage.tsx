import { useState } from 'react'
import { strings } from '../../strings/index.ts'
import type { Worker } from '../../worker/workers.ts'
import { useLinkNews } from './link/use-link-news.ts'
import { TerminalPane } from './terminal-pane.tsx'
import { terminalRegistry } from './terminal-registry.ts'
import { useCanUpload } from './upload/use-can-upload.ts'
import { useLiveTerminal } from './use-live-terminal.ts'
import type { TerminalEntry } from './use-terminals.ts'

type TerminalStageProps = {
  worker: Worker
  workspace: string
  entry: TerminalEntry
  count: number
  onRestart: (() => void) | undefined
}

/** One terminal, alive. Trying again lets go of the one that failed and opens it anew. */
export function TerminalStage(props: TerminalStageProps) {
  const [attempt, setAttempt] = useState(0)
  const retry = (): void => {
    terminalRegistry.forget(props.entry.id)
    setAttempt(attempt + 1)
  }
  return <Attempt key={attempt} {...props} onRetry={retry} />
}

function Attempt({
  worker,
  workspace,
  entry,
  count,
  onRestart,
  onRetry,
}: TerminalStageProps & { onRetry: () => void }) {
  const terminal = useLiveTerminal({ worker, workspace, entry })
  useLinkNews(terminal, worker)
  const canUpload = useCanUpload(worker)
  const label = strings.terminals.label({
    position: entry.position,
    count,
    title: entry.title,
    place: strings.workspace.onWorker(workspace, worker.label),
  })
  const endedAt = entry.record?.endedAt
  return <TerminalPane {...{ terminal, label, canUpload, endedAt, onRestart, onRetry }} />
}
