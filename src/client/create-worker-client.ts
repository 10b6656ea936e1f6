import { createORPCClient } from '@orpc/client'
import type { AgentApi } from '../contract/agent/index.ts'
import type { AgentInfo } from '../contract/agent/info.ts'
import { type Clock, systemClock } from './clock.ts'
import { ConnectionSupervisor, type SupervisorDeps } from './connection/supervisor.ts'
import { followEvents } from './events/event-feed.ts'
import { LinkError } from './link-error.ts'
import { createTerminalClient } from './terminal/terminal-client.ts'
import { workspaceFiles } from './uploads/workspace-files.ts'
import type { ConnectionState, OpenTerminal, TerminalClient, WorkerClient, WorkerLink } from './worker-client.ts'
import { WorkerClock } from './worker-clock.ts'

export interface WorkerClientOptions {
  link: WorkerLink
  /** How long a call waits for a link that is down. Default 30,000. */
  waitForLinkMs?: number
  /**
   * Hears what the worker says of itself at each new connection, before anything else is said to it. A `LinkError` that it throws is why the
   * connection does not come about.
   */
  onGreeting?: (info: AgentInfo) => void
  clock?: Clock
  /** From 0 to 1; spreads the attempts of many clients. Default `Math.random`. */
  random?: () => number
  /** Called each time that the worker was asked whether it is there and answered: after so many milliseconds. */
  onMeasured?: (roundTripMs: number) => void
}

/** A worker over `link`: begins to connect at once, and goes on until `dispose`. */
export function createWorkerClient(options: WorkerClientOptions): WorkerClient {
  const { link, clock = systemClock, random = Math.random, waitForLinkMs = 30_000 } = options
  const listeners = new Set<(state: ConnectionState) => void>()
  const hear: WorkerClient['onConnection'] = (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const terminals = new Set<TerminalClient>()
  const workerClock = new WorkerClock(clock)
  const supervisor = new ConnectionSupervisor({
    link,
    clock,
    random,
    ...hearing(options, workerClock),
    changed: (state) => {
      // Where calls get through, terminals do.
      if (state.status === 'live') for (const terminal of terminals) terminal.retryNow()
      for (const listener of [...listeners]) listener(state)
    },
  })

  return {
    api: apiOver(supervisor, { clock, waitForLinkMs }),
    get connection() {
      return supervisor.state
    },
    get clockAheadMs() {
      return workerClock.aheadMs
    },
    onConnection: hear,
    onEvent: (listener) => {
      const stopped = new AbortController()
      const signal = AbortSignal.any([stopped.signal, supervisor.disposed])
      const onLive = (wake: () => void): (() => void) =>
        hear((state) => {
          if (state.status === 'live') wake()
        })
      void followEvents({ whenLive: (until) => supervisor.whenLive(until), onLive, clock, random, listener }, signal)
      return () => stopped.abort()
    },
    openTerminal: (terminal) => {
      const onState: OpenTerminal['onState'] = (state) => {
        // Where terminals get through, calls do.
        if (state.status === 'live' && supervisor.state.status === 'reconnecting') supervisor.retryNow()
        terminal.onState(state)
      }
      const client = createTerminalClient(
        { ...terminal, onState },
        {
          open: (signal) => link.openTerminal(terminal.workspace, signal),
          clock,
          random,
          ended: () => terminals.delete(client),
        },
      )
      terminals.add(client)
      return client
    },
    files: workspaceFiles(link, supervisor.disposed),
    retryNow: () => {
      supervisor.retryNow()
      for (const terminal of terminals) terminal.retryNow()
    },
    dispose: () => {
      for (const terminal of [...terminals]) terminal.dispose()
      supervisor.dispose()
    },
  }
}

/** Takes in what the worker says of itself: whoever asked for it hears it, and its clock is known. */
function hearing(
  { onGreeting, onMeasured }: Pick<WorkerClientOptions, 'onGreeting' | 'onMeasured'>,
  workerClock: WorkerClock,
): Pick<SupervisorDeps, 'greeted' | 'measured'> {
  return {
    greeted: (info, roundTripMs) => {
      onGreeting?.(info)
      workerClock.told(info.now, roundTripMs)
    },
    measured: (roundTripMs, info) => {
      workerClock.told(info.now, roundTripMs)
      onMeasured?.(roundTripMs)
    },
  }
}

/** Calls that wait for the link while it is down, and are sent once. */
function apiOver(supervisor: ConnectionSupervisor, wait: { clock: Clock; waitForLinkMs: number }): AgentApi {
  return createORPCClient<AgentApi>({
    call: async (path, input, options) => {
      const { link } = await liveWithin(supervisor, { ...wait, signal: options.signal })
      return link.call(path, input, options)
    },
  })
}

async function liveWithin(
  supervisor: ConnectionSupervisor,
  { clock, waitForLinkMs, signal }: { clock: Clock; waitForLinkMs: number; signal: AbortSignal | undefined },
) {
  const waited = new AbortController()
  const cancelTimer = clock.schedule(() => waited.abort(), waitForLinkMs)
  try {
    return await supervisor.whenLive(signal === undefined ? waited.signal : AbortSignal.any([waited.signal, signal]))
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof LinkError ? error : new LinkError('unreachable', 'The worker cannot be reached.')
  } finally {
    cancelTimer()
  }
}
