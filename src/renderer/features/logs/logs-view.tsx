import { ArrowDownToLine, Copy, Download } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { LogSource } from '../../../contract/agent/log-line.ts'
import { useCommand } from '../../commands/context.ts'
import { copyText } from '../../platform/clipboard.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Delayed } from '../../ui/delayed.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Select } from '../../ui/field.tsx'
import { showToast } from '../../ui/toast-store.ts'
import type { StreamState } from '../../worker/read-stream.ts'
import { RefusedView } from '../../worker/refused-view.tsx'
import type { Worker } from '../../worker/workers.ts'
import { FindBox } from './find-box.tsx'
import { asFile, matchesOf, type ShownLine } from './log-lines.ts'
import { LogList } from './log-list.tsx'
import { useLog } from './use-log.ts'

const ALL = 'all'

/** The log of a workspace as it is written: set-up, builds, scripts, and what its container prints. */
export function LogsView({ worker, name }: { worker: Worker; name: string }) {
  const { lines: all, state } = useLog(worker, name)
  const [source, setSource] = useState<LogSource | typeof ALL>(ALL)
  const [follows, setFollows] = useState(true)
  const lines = useMemo(() => (source === ALL ? all : all.filter((line) => line.source === source)), [all, source])
  const find = useFind(lines, () => setFollows(false))
  useCommand('find', find.focus)
  useCommand('follow-log', () => setFollows((on) => !on))
  if (state.status === 'refused') {
    return <RefusedView worker={worker} title={strings.logs.failed} failure={state.failure} />
  }
  return (
    <div className="flex h-full flex-col">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <Select
          aria-label={strings.logs.sources}
          className="max-w-40"
          value={source}
          onChange={({ currentTarget: { value } }) => setSource(LogSource.safeParse(value).data ?? ALL)}
        >
          <option value={ALL}>{strings.logs.allSources}</option>
          {LogSource.options.map((option) => (
            <option key={option} value={option}>
              {strings.logs.source[option]}
            </option>
          ))}
        </Select>
        <Button aria-pressed={follows} onClick={() => setFollows((on) => !on)} title={strings.logs.followHelp}>
          <ArrowDownToLine size={14} aria-hidden />
          {follows ? strings.logs.following : strings.logs.follow}
        </Button>
        <FindBox {...find.props} />
        <span className="flex-1" />
        <Button onClick={() => void copyLog(asFile(lines))}>
          <Copy size={14} aria-hidden />
          {strings.logs.copy}
        </Button>
        <Button onClick={() => download(`${name}.log`, asFile(lines))}>
          <Download size={14} aria-hidden />
          {strings.logs.download}
        </Button>
      </div>
      {lines.length === 0 ? (
        <Nothing state={state} isFiltered={source !== ALL} />
      ) : (
        <LogList name={name} lines={lines} follows={follows} onEnd={setFollows} found={find.line} />
      )}
    </div>
  )
}

function Nothing({ state, isFiltered }: { state: StreamState; isFiltered: boolean }) {
  if (isFiltered) return <EmptyState title={strings.logs.emptySource} />
  return (
    <Delayed>
      {state.status === 'live' ? (
        <EmptyState title={strings.logs.empty} />
      ) : (
        <p className="p-4 text-muted">{strings.logs.loading}</p>
      )}
    </Delayed>
  )
}

/** Looking for text: the lines that hold it, and the one of them that is shown. */
function useFind(lines: readonly ShownLine[], onShow: () => void) {
  const box = useRef<HTMLInputElement>(null)
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState<number | undefined>(undefined)
  const matches = useMemo(() => matchesOf(lines, wanted), [lines, wanted])
  const position = at === undefined || matches.length === 0 ? undefined : Math.min(at, matches.length - 1)
  const step = (by: 1 | -1): void => {
    if (matches.length === 0) return
    const from = position ?? (by === 1 ? -1 : 0)
    setAt((from + by + matches.length) % matches.length)
    onShow()
  }
  return {
    line: position === undefined ? undefined : matches[position],
    focus: () => {
      box.current?.focus()
      box.current?.select()
    },
    props: {
      box,
      wanted,
      onWanted: (text: string) => {
        setWanted(text)
        setAt(undefined)
      },
      position: position === undefined ? 0 : position + 1,
      count: matches.length,
      onStep: step,
    },
  }
}

async function copyLog(text: string): Promise<void> {
  const copied = await copyText(text)
  showToast(
    copied ? { kind: 'running', title: strings.common.copied } : { kind: 'failed', title: strings.common.copyFailed },
  )
}

function download(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}
