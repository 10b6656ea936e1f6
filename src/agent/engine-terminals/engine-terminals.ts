import type { Logger } from 'pino'
import type { RuntimeEnvironment } from '../../contract/runtime/boot.ts'
import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import type { TerminalRecord } from '../../contract/terminal/terminal.ts'
import { homeVolumeName } from '../../domain/engine-names.ts'
import { serveTerminal } from '../../terminals/connection.ts'
import type { Begun, ProgramEvents } from '../../terminals/program.ts'
import type { Report } from '../../terminals/report.ts'
import { type NewTerminal, Terminals } from '../../terminals/terminals.ts'
import type { Engine } from '../engine/engine.ts'
import { framePair } from '../terminals/frame-pair.ts'
import { EngineActivity } from './activity.ts'
import { EngineProgram } from './engine-program.ts'
import { MemoryHistory } from './memory-history.ts'
import type { Place, PreparedPlace } from './place.ts'
import { shellCommand } from './run-script.ts'
import { TERMINAL } from './scripts.ts'
import { endAll, endSessions, prepare, signalForeground } from './sessions.ts'

export interface EngineTerminalsDeps {
  engine(): Promise<Engine>
  environmentOf(workspaceId: string): RuntimeEnvironment
  onTerminalsChanged(workspaceId: string): void
  /** Somebody was at work in a workspace just now; told now and then while that is so. */
  onActive(workspaceId: string): void
  log: Logger
}

interface Held {
  place: Place
  terminals: Terminals
  /** Our ends of the channels of those who watch. */
  channels: Set<FrameSocket>
}

/**
 * Terminals of workspaces whose image cannot run the runtime: programs that the engine starts, and that this agent holds.
 * They live as long as the agent does, and no longer: what a killed one left is ended by the next.
 */
export class EngineTerminals {
  readonly #deps: EngineTerminalsDeps
  readonly #byWorkspace = new Map<string, Held>()
  /** Who is at work in these workspaces. */
  readonly activity: EngineActivity

  constructor(deps: EngineTerminalsDeps) {
    this.#deps = deps
    this.activity = new EngineActivity({ tell: deps.onActive })
  }

  /** A channel that speaks `berth.terminal.1` with the terminals of a workspace. */
  join(place: Place): FrameSocket {
    const held = this.#hold(place)
    const [client, server] = framePair()
    held.channels.add(client)
    client.onClosed = () => held.channels.delete(client)
    serveTerminal(server, { terminals: held.terminals, report: this.#report(place) })
    return client
  }

  list(workspaceId: string): TerminalRecord[] {
    return this.#byWorkspace.get(workspaceId)?.terminals.list() ?? []
  }

  /** Gives a terminal a title; false where there is none of that id. */
  rename(workspaceId: string, terminal: string, title: string): boolean {
    return this.#byWorkspace.get(workspaceId)?.terminals.rename(terminal, title) ?? false
  }

  /** Ends a terminal; false where there is none of that id. */
  async end(workspaceId: string, terminal: string): Promise<boolean> {
    return (await this.#byWorkspace.get(workspaceId)?.terminals.end(terminal)) ?? false
  }

  /** Makes a container ready for a program, with the environment of now. Throws `AgentError`, and as the engine does. */
  async prepare(place: Place): Promise<PreparedPlace> {
    const engine = await this.#deps.engine()
    const environment = this.#deps.environmentOf(place.workspaceId)
    return await prepare(engine, place, { homeVolume: homeVolumeName(place.name), environment })
  }

  /** Ends what an agent that was killed has left running in a container, unless this one holds terminals there. Never rejects. */
  async sweep(place: Place): Promise<void> {
    if (this.list(place.workspaceId).length > 0) return
    try {
      const left = await endSessions(await this.#deps.engine(), place, { ids: [] })
      if (left.length > 0) this.#deps.log.warn({ workspace: place.name, left }, 'programs of an earlier agent remain')
    } catch (error) {
      this.#deps.log.info({ err: error, workspace: place.name }, 'nothing was looked for of an earlier agent')
    }
  }

  /** Ends all programs of a container that is about to stop. Never rejects: it is stopped all the same. */
  async endPrograms(place: Place): Promise<void> {
    this.#byWorkspace.get(place.workspaceId)?.terminals.stopping()
    try {
      const left = await endAll(await this.#deps.engine(), place)
      if (left.length > 0) this.#deps.log.warn({ workspace: place.name, left }, 'programs did not end in their time')
    } catch (error) {
      this.#deps.log.warn(
        { err: error, workspace: place.name },
        'the programs of a workspace could not be asked to end',
      )
    }
  }

  /** The container stops or has gone: whoever watches a terminal asks again, and is told so then. */
  release(workspaceId: string): void {
    this.activity.forget(workspaceId)
    const held = this.#byWorkspace.get(workspaceId)
    if (held === undefined) return
    this.#byWorkspace.delete(workspaceId)
    for (const channel of [...held.channels]) channel.close(CLOSE.tryAgain)
    held.terminals.abandon()
  }

  /** Ends all terminals: nobody would hold them any more. */
  async dispose(): Promise<void> {
    const all = [...this.#byWorkspace.values()]
    this.#byWorkspace.clear()
    for (const { channels } of all) for (const channel of [...channels]) channel.close(CLOSE.tryAgain)
    await Promise.allSettled(all.map(({ terminals }) => terminals.close(0)))
  }

  #hold(place: Place): Held {
    const found = this.#byWorkspace.get(place.workspaceId)
    if (found?.place.containerId === place.containerId) return found
    this.release(place.workspaceId)
    const terminals = new Terminals({
      begin: (wanted, events) => this.#begin(place, wanted, events),
      report: this.#report(place),
      changed: () => this.#deps.onTerminalsChanged(place.workspaceId),
      active: () => this.activity.note(place.workspaceId),
    })
    const held = { place, terminals, channels: new Set<FrameSocket>() }
    this.#byWorkspace.set(place.workspaceId, held)
    return held
  }

  #begin(place: Place, { terminal: id, create, cols, rows }: NewTerminal, events: ProgramEvents): Begun {
    const { command = [], cwd = '' } = create
    const [first = 'sh'] = command
    const program = new EngineProgram(
      {
        cols,
        rows,
        start: async () => {
          const { engine, containerId, home } = await this.prepare(place)
          const parameters = [id, cwd, home, String(rows), String(cols), ...command]
          return await engine.containers.execTerminal(containerId, shellCommand({ text: TERMINAL, parameters }))
        },
        signal: async (name) => await signalForeground(await this.#deps.engine(), place, { id, name }),
        end: async (graceMs) => {
          const options = { ids: [id], ...(graceMs === undefined ? {} : { graceMs }) }
          return await endSessions(await this.#deps.engine(), place, options)
        },
      },
      events,
    )
    const title = create.title ?? first.slice(first.lastIndexOf('/') + 1).slice(0, 200)
    return { title, program, history: new MemoryHistory() }
  }

  #report(place: Place): Report {
    return (level, message, { error, ...details }) => {
      this.#deps.log[level](
        { workspace: place.name, ...(error === undefined ? {} : { err: error }), ...details },
        message,
      )
    }
  }
}
