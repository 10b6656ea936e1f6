import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { LinkState } from '../../../../client/terminal/link-state.ts'
import { strings } from '../../../strings/index.ts'
import { announce } from '../../../ui/announcements.ts'
import { useConnection, type Worker } from '../../../worker/workers.ts'
import type { LiveTerminal } from '../live-terminal.ts'

/** What is over sooner is not told of. */
const SETTLED_MS = 1000

/**
 * Tells screen readers once of each change of a terminal's link, and of screens that come, while the keyboard is at this
 * terminal. Where the whole worker is away, that is told of elsewhere.
 */
export function useLinkNews(terminal: LiveTerminal, worker: Worker): void {
  const { link, audience } = useSyncExternalStore(terminal.subscribe, terminal.read)
  const isWorkerLive = useConnection(worker.client).status === 'live'
  const told = useRef<LinkState>('live')
  useEffect(() => {
    if (link === undefined || !isWorkerLive) return
    const timer = setTimeout(() => {
      if (link === told.current || !terminal.isCurrent) return
      told.current = link
      announce(strings.terminals.link.said[link])
    }, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [terminal, link, isWorkerLive])
  const { clients } = audience
  const toldOf = useRef(1)
  useEffect(() => {
    if (clients > toldOf.current && terminal.isCurrent) announce(strings.terminals.link.shared(clients))
    toldOf.current = clients
  }, [terminal, clients])
}
