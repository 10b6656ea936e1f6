import type { Logger } from 'pino'
import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import type { TerminalRecord } from '../../contract/terminal/terminal.ts'
import { serveTerminal } from '../../terminals/connection.ts'
import type { Report } from '../../terminals/report.ts'
import { TerminalRefusal } from '../../terminals/terminal-refusal.ts'
import { Terminals } from '../../terminals/terminals.ts'
import { AgentError } from '../agent-error.ts'
import type { Engine } from '../engine/engine.ts'
import { EngineFailure, EngineUnavailable } from '../engine/errors.ts'
import type { Place } from '../engine-terminals/place.ts'
import { type FramePairEnd, framePair } from '../terminals/frame-pair.ts'
import { closeCodeOf, describeRefusal } from '../terminals/refusal.ts'
import { toAgentError } from '../workspaces/failures.ts'
import { CarriedScreens } from './carried-screens.ts'
import { loadTerminal } from './load.ts'
import { createPermits } from './permits.ts'
import { type FoundTerminal, surveyTerminals } from './survey.ts'

/** Shown at once, over all workspaces: each takes up to 14 MiB for as long as its client needs to take it. */
const MOST_SHOWN = 4
/** Workspaces of which it is known what there is. */
const MOST_SURVEYED = 64

export interface LastScreensDeps {
  engine(): Promise<Engine>
  log: Logger
}

/** What is there of the terminals of a container since its last run ended. */
interface Survey {
  run: string
  stoppedAt: string | undefined
  found: Promise<FoundTerminal[]>
}

/**
 * The last screens of workspaces that do not run. They lie in the container, where the runtime keeps them; the engine gives them out when
 * somebody looks, and nothing of them is kept here. Whoever attaches gets them as from a runtime that was started again.
 */
export class LastScreens {
  /** On their way into the container that takes the place of one that goes. */
  readonly carried: CarriedScreens
  readonly #deps: LastScreensDeps
  readonly #surveys = new Map<string, Survey>()
  readonly #permits = createPermits(MOST_SHOWN)

  constructor(deps: LastScreensDeps) {
    this.#deps = deps
    this.carried = new CarriedScreens(deps.log)
  }

  /** The terminals that can be read, in the order of their creation. Throws as the engine does. */
  async list(place: Place): Promise<TerminalRecord[]> {
    const engine = await this.#deps.engine()
    const { stoppedAt, found } = await this.#survey(engine, place)
    return (await found).map(({ record, exitedAtMs }) => {
      const endedAt = record.exit === undefined ? stoppedAt : timeOf(exitedAtMs)
      return {
        ...record,
        clients: 0,
        ...(record.exit === undefined && { endedBy: 'stop' }),
        ...(endedAt !== undefined && { endedAt }),
      }
    })
  }

  /** A channel that speaks `berth.terminal.1` with terminals that have ended, until each has been shown. */
  join(place: Place): FrameSocket {
    const [client, server] = framePair()
    const report = this.#report(place)
    const channelTo = (terminal: string): FrameSocket => {
      const [near, far] = framePair()
      void this.#show(place, terminal, far)
      return near
    }
    const terminals = noTerminals(report)
    client.onClosed = () => terminals.abandon()
    serveTerminal(server, { terminals, report, elsewhere: { channelTo } })
    return client
  }

  async #show(place: Place, terminal: string, far: FramePairEnd): Promise<void> {
    let isClosed = false
    const closed = new Promise<void>((resolve) => {
      far.onClosed = () => {
        isClosed = true
        resolve()
      }
    })
    try {
      await this.#permits(async () => {
        if (isClosed) return
        const terminals = await this.#load(place, terminal)
        serveTerminal(far, { terminals, report: this.#report(place) })
        await closed
        terminals.abandon()
      })
    } catch (error) {
      const refusal = describeRefusal(toAgentError(error, `reading the last screens of ${place.name}`), this.#deps.log)
      far.send(JSON.stringify(refusal))
      far.close(closeCodeOf(refusal.code), refusal.message)
    }
  }

  async #load(place: Place, terminal: string): Promise<Terminals> {
    const engine = await this.#deps.engine()
    const survey = await this.#survey(engine, place)
    const found = (await survey.found).find(({ record }) => record.id === terminal)
    if (found === undefined) {
      throw new AgentError('PRECONDITION_FAILED', `${place.name} is not running.`, { hint: 'Start it first.' })
    }
    try {
      const earlier = await loadTerminal(engine, place.containerId, found)
      const terminals = noTerminals(this.#report(place))
      terminals.takeUp([earlier])
      return terminals
    } catch (cause) {
      this.#deps.log.warn({ err: cause, workspace: place.name, terminal }, 'a last screen could not be read')
      // What is torn stays so: nobody is to ask for it again.
      const mayPass = cause instanceof EngineFailure || cause instanceof EngineUnavailable
      const code = mayPass ? 'ENGINE_ERROR' : 'PRECONDITION_FAILED'
      throw new AgentError(code, 'Its last screen could not be read.', { cause })
    }
  }

  /** Looked for once after each run of the container: until the next one nothing changes. */
  async #survey(engine: Engine, { workspaceId, containerId }: Place): Promise<Survey> {
    const container = await engine.containers.inspect(containerId)
    if (container === undefined || container.isRunning)
      return { run: '', stoppedAt: undefined, found: Promise.resolve([]) }
    const { runStartedAt, stoppedAt } = container
    const run = `${containerId} ${runStartedAt}`
    const known = this.#surveys.get(workspaceId)
    if (known?.run === run) return known
    const survey: Survey = { run, stoppedAt, found: surveyTerminals(engine, containerId) }
    this.#remember(workspaceId, survey)
    survey.found.catch(() => {
      if (this.#surveys.get(workspaceId) === survey) this.#surveys.delete(workspaceId)
    })
    return survey
  }

  #remember(workspaceId: string, survey: Survey): void {
    this.#surveys.delete(workspaceId)
    this.#surveys.set(workspaceId, survey)
    const [oldest] = this.#surveys.keys()
    if (this.#surveys.size > MOST_SURVEYED && oldest !== undefined) this.#surveys.delete(oldest)
  }

  #report({ name }: Place): Report {
    return (level, message, { error, ...details }) => {
      this.#deps.log[level]({ workspace: name, ...(error === undefined ? {} : { err: error }), ...details }, message)
    }
  }
}

/** Holds what has ended, and makes nothing. */
function noTerminals(report: Report): Terminals {
  const begin = (): never => {
    throw new TerminalRefusal('PRECONDITION_FAILED', 'The workspace is not running.', 'Start it first.')
  }
  return new Terminals({ begin, report, changed: () => undefined })
}

function timeOf(atMs: number | undefined): string | undefined {
  const at = new Date(atMs ?? Number.NaN)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
