import { X } from 'lucide-react'
import { type ReactNode, useId, useSyncExternalStore } from 'react'
import type { TerminalHealth, TerminalState } from '../../../../client/worker-client.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { formatBytes, formatClock } from '../../../worker/format.ts'
import { useNow } from '../../../worker/use-now.ts'
import type { LiveTerminal, TerminalView } from '../live-terminal.ts'
import { isOwnSize } from '../size-strip.tsx'

const FIGURES_EVERY_MS = 1000

/** The figures of a terminal's connection in words, beside `children`, for as long as they are wanted. */
export function LinkDetails({ terminal, children }: { terminal: LiveTerminal; children: ReactNode }) {
  const isOpen = useSyncExternalStore(terminal.details.subscribe, terminal.details.read)
  const title = useId()
  const close = (): void => terminal.details.set(false)
  return (
    <Popover isOpen={isOpen} labelledBy={title} onClose={close} onClosed={() => terminal.focus()} anchor={children}>
      <header className="flex items-center gap-2">
        <h2 id={title} className="flex-1 font-strong">
          {strings.terminals.link.title}
        </h2>
        {/* It has the focus at first: a tooltip on it would take the first Escape. */}
        <Button variant="ghost" size="tiny" aria-label={strings.common.close} onClick={close}>
          <X size={14} aria-hidden />
        </Button>
      </header>
      <Figures terminal={terminal} />
    </Popover>
  )
}

function Figures({ terminal }: { terminal: LiveTerminal }) {
  useNow(FIGURES_EVERY_MS)
  const view = useSyncExternalStore(terminal.subscribe, terminal.read)
  const { state } = view
  const { health } = terminal
  const isLive = state.status === 'live'
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <Row name="state" value={stateWords(view)} />
        {isLive && health !== undefined ? <LiveRows health={health} /> : null}
      </dl>
      <div className="flex flex-wrap gap-2 empty:hidden">
        {state.status === 'reconnecting' ? (
          <Button size="small" onClick={() => terminal.retryNow()}>
            {strings.common.tryNow}
          </Button>
        ) : null}
        {isOwnSize(view) ? null : (
          <Button size="small" onClick={() => terminal.claim()}>
            {strings.terminals.useMySize}
          </Button>
        )}
      </div>
    </>
  )
}

function LiveRows({ health }: { health: TerminalHealth }) {
  const words = strings.terminals.link
  const { roundTripMs, unacknowledgedBytes, clients, isClaimed } = health
  return (
    <>
      <Row name="roundTrip" value={roundTripMs === undefined ? words.unmeasured : words.roundTrip(roundTripMs)} />
      <Row name="queue" value={unacknowledgedBytes === 0 ? words.nothingQueued : formatBytes(unacknowledgedBytes)} />
      <Row name="screens" value={clients === 1 ? words.alone : words.others(clients - 1)} />
      <Row name="size" value={clients === 1 ? words.ownSize(health) : words.size(health, isClaimed)} />
    </>
  )
}

function Row({ name, value }: { name: keyof typeof strings.terminals.link.rows; value: string }) {
  return (
    <>
      <dt className="text-muted">{strings.terminals.link.rows[name]}</dt>
      <dd className="min-w-0">{value}</dd>
    </>
  )
}

function stateWords({ state, link }: Pick<TerminalView, 'state' | 'link'>): string {
  const words = strings.terminals.link.state
  switch (state.status) {
    case 'connecting':
      return words.starting
    case 'live':
      return link === 'slow' ? words.slow : words.live
    case 'reconnecting':
      return downWords(state)
    case 'exited':
    case 'stopped':
    case 'failed':
      return words.over
  }
}

function downWords({ since, attempt, isOffline }: Extract<TerminalState, { status: 'reconnecting' }>): string {
  const words = strings.terminals.link.state
  return isOffline ? words.offline(formatClock(since)) : words.reconnecting(attempt, formatClock(since))
}
