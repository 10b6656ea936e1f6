import { ExternalLink } from 'lucide-react'
import type { SuggestedComputer, WorkerSuggestions } from '../../../contract/desktop/pairing.ts'
import { usePlatform } from '../../platform/context.ts'
import { strings } from '../../strings/index.ts'
import { systemName } from '../../strings/systems.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { StatusIcon, type StatusKind } from '../../ui/status-icon.tsx'
import { failureOf } from '../../worker/failure.ts'
import { formatSeen } from '../../worker/format.ts'
import { useNow } from '../../worker/use-now.ts'
import { InstallCommand } from './install-command.tsx'
import { byUse } from './suggested-order.ts'
import type { Suggestions } from './use-suggestions.ts'

const words = strings.addWorker
const TAILSCALE_PAGE = 'https://tailscale.com/download'

type TailnetTabProps = {
  suggestions: Suggestions
  onConnect: (host: string) => void
  onOpen: (worker: string) => void
}

/** The computers of the tailnet, those first that can be connected to; or why there are none to see. */
export function TailnetTab({ suggestions: { found, error }, onConnect, onOpen }: TailnetTabProps) {
  return (
    <div className="flex flex-col gap-3">
      {error === null ? null : (
        <Notice kind="failed" title={words.lookFailed}>
          <p>{failureOf(error).message}</p>
        </Notice>
      )}
      {found === undefined ? null : found.state === 'ready' ? (
        <Computers all={found.computers} onConnect={onConnect} onOpen={onOpen} />
      ) : (
        <NotReady state={found.state} />
      )}
    </div>
  )
}

function NotReady({ state }: { state: Exclude<WorkerSuggestions['state'], 'ready'> }) {
  const { openExternal } = usePlatform()
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="flex items-start gap-2">
        <span className="mt-0.5">
          <StatusIcon kind={state === 'failed' ? 'failed' : 'waiting'} label={null} />
        </span>
        {words.tailscale[state]}
      </p>
      {state === 'absent' ? (
        <Button onClick={() => openExternal(TAILSCALE_PAGE)}>
          <ExternalLink size={16} aria-hidden />
          {words.getTailscale}
        </Button>
      ) : null}
    </div>
  )
}

type ComputersProps = Pick<TailnetTabProps, 'onConnect' | 'onOpen'> & { all: readonly SuggestedComputer[] }

function Computers({ all, onConnect, onOpen }: ComputersProps) {
  const isLooking = all.some(({ agent }) => agent === 'asking')
  const hasAgent = all.some(({ agent }) => typeof agent === 'object')
  const isNone = !hasAgent && !isLooking
  return (
    <>
      {isNone ? <p className="font-strong">{words.none}</p> : null}
      {all.length === 0 ? null : (
        <ul
          aria-label={words.computers}
          className="flex max-h-70 flex-col divide-y divide-line overflow-y-auto border-y border-line"
        >
          {/* Rows change places once, when all is known, and not under the pointer with each answer. */}
          {(isLooking ? all : byUse(all)).map((computer) => (
            <ComputerRow key={computer.name} computer={computer} onConnect={onConnect} onOpen={onOpen} />
          ))}
        </ul>
      )}
      {isNone ? <InstallCommand /> : null}
    </>
  )
}

type ComputerRowProps = Pick<TailnetTabProps, 'onConnect' | 'onOpen'> & { computer: SuggestedComputer }

function ComputerRow({ computer, onConnect, onOpen }: ComputerRowProps) {
  const { label, name, os, worker, online } = computer
  const { kind, word } = stateOf(computer, useNow(undefined))
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 py-1">
      <StatusIcon kind={kind} label={null} />
      <span className="min-w-32 flex-1 font-strong break-words">{label}</span>
      <span className="text-muted">{systemName(os)}</span>
      <span className="text-muted">{word}</span>
      {worker === undefined ? (
        <Button size="small" unavailable={!online} aria-label={words.connectTo(label)} onClick={() => onConnect(name)}>
          {words.connect}
        </Button>
      ) : (
        <Button size="small" aria-label={words.openNamed(label)} onClick={() => onOpen(worker)}>
          {words.open}
        </Button>
      )}
    </li>
  )
}

function stateOf(computer: SuggestedComputer, now: number): { kind: StatusKind; word: string } {
  const { worker, online, agent, lastSeenAt } = computer
  if (worker !== undefined) return { kind: 'running', word: words.isWorker }
  if (!online) {
    const word = lastSeenAt === undefined ? words.offline : words.offlineSince(formatSeen(Date.parse(lastSeenAt), now))
    return { kind: 'unreachable', word }
  }
  if (typeof agent === 'object') return { kind: 'running', word: words.runs(agent.version) }
  if (agent === 'asking') return { kind: 'busy', word: words.asking }
  return agent === 'none' ? { kind: 'stopped', word: words.noAgent } : { kind: 'waiting', word: words.unknownAgent }
}
