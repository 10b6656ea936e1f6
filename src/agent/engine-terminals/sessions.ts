import { formatEnvironment } from '../../domain/shell-quote.ts'
import type { Engine } from '../engine/engine.ts'
import type { Place, PreparedPlace } from './place.ts'
import { runScript } from './run-script.ts'
import { END, END_ALL, IDENTITY, PREPARE, SIGNAL } from './scripts.ts'

const GRACE_MS = 2_000
/** As the runtime gives programs before a stop. */
const STOP_GRACE_MS = 10_000

const tenthsOf = (milliseconds: number): string => String(Math.ceil(milliseconds / 100))

/**
 * Makes a container ready for programs: a place for notes, the environment in memory, the home its user's. Done before
 * each program, so that what changed in between reaches it. Throws `AgentError`, and as the engine does.
 */
export async function prepare(
  engine: Engine,
  place: Place,
  { homeVolume, environment }: { homeVolume: string; environment: Record<string, string> },
): Promise<PreparedPlace> {
  const [identity, container] = await Promise.all([
    runScript(engine, place, { text: IDENTITY, parameters: [] }),
    engine.containers.inspect(place.containerId),
  ])
  const home = container?.volumes[homeVolume] ?? '/'
  const [uid = '', gid = ''] = identity.split(' ')
  const stdin = formatEnvironment(environment)
  await runScript(engine, place, { text: PREPARE, parameters: [uid, gid, home], asRoot: true, stdin })
  return { ...place, engine, home }
}

/** Ends the sessions of programs, by the ids that they were started with; all that are noted where none is given. The pids that remain. */
export async function endSessions(
  engine: Engine,
  place: Place,
  { ids, first = 'HUP', graceMs = GRACE_MS }: { ids: readonly string[]; first?: 'HUP' | 'TERM'; graceMs?: number },
): Promise<number[]> {
  return pidsIn(await runScript(engine, place, { text: END, parameters: [first, tenthsOf(graceMs), ...ids] }))
}

/** Gives all programs of a container the time to save what they hold, before it stops. The pids that remain. */
export async function endAll(engine: Engine, place: Place): Promise<number[]> {
  const parameters = [tenthsOf(STOP_GRACE_MS)]
  return pidsIn(await runScript(engine, place, { text: END_ALL, parameters, asRoot: true }))
}

/** Sends a signal to what is in the foreground of a terminal. */
export async function signalForeground(
  engine: Engine,
  place: Place,
  { id, name }: { id: string; name: NodeJS.Signals },
): Promise<void> {
  await runScript(engine, place, { text: SIGNAL, parameters: [name.replace(/^SIG/, ''), id] })
}

function pidsIn(text: string): number[] {
  return text.split(' ').filter(Boolean).map(Number)
}
