import { useSyncExternalStore } from 'react'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { formatAge } from '../../../worker/format.ts'
import { useNow } from '../../../worker/use-now.ts'
import type { HeldInput } from '../held-input.ts'
import type { LiveTerminal } from '../live-terminal.ts'

const AGE_EVERY_MS = 30_000

/** What is typed while the link is down is kept where it can be seen, and after a long drop sent only when asked to. */
export function LinkStrip({ terminal }: { terminal: LiveTerminal }) {
  const { held, state } = useSyncExternalStore(terminal.subscribe, terminal.read)
  if (held.phase === 'asking') return <Question terminal={terminal} count={held.keys.length} />
  if (state.status !== 'reconnecting') return null
  if (state.isOffline) return <Offline terminal={terminal} since={state.since} held={held} />
  return (
    <Notice strip kind="unreachable" title={strings.terminals.link.reconnecting}>
      <Held held={held} />
    </Notice>
  )
}

function Question({ terminal, count }: { terminal: LiveTerminal; count: number }) {
  const then = (decide: () => void) => (): void => {
    decide()
    terminal.focus()
  }
  return (
    <Notice
      strip
      kind="waiting"
      title={strings.terminals.heldQuestion}
      actions={
        <>
          <span className="self-center text-muted">{strings.terminals.held(count)}</span>
          <Button size="small" onClick={then(() => terminal.sendHeld())}>
            {strings.terminals.send}
          </Button>
          <Button size="small" onClick={then(() => terminal.discardHeld())}>
            {strings.terminals.discard}
          </Button>
        </>
      }
    />
  )
}

function Offline({ terminal, since, held }: { terminal: LiveTerminal; since: number; held: HeldInput }) {
  const now = useNow(AGE_EVERY_MS)
  const retry = (): void => {
    terminal.retryNow()
    terminal.focus()
  }
  return (
    <Notice
      strip
      kind="unreachable"
      title={strings.terminals.link.offline(formatAge(new Date(since).toISOString(), now))}
      actions={
        <Button size="small" onClick={retry}>
          {strings.common.tryNow}
        </Button>
      }
    >
      <Held held={held} />
    </Notice>
  )
}

function Held({ held }: { held: HeldInput }) {
  if (held.phase !== 'holding' || held.keys.length === 0) return null
  return (
    <p role="status" className="text-muted">
      {held.isFull ? strings.terminals.heldFull : strings.terminals.held(held.keys.length)}
    </p>
  )
}
