import { MAX_SCREEN_BYTES, STATE_FOLDER } from '../../contract/runtime/state-folder.ts'
import type { EarlierTerminal, ToldScreen } from '../../terminals/program.ts'
import { RING_CAPACITY_BYTES, RING_HEADER_BYTES } from '../../terminals/ring-format.ts'
import type { Engine } from '../engine/engine.ts'
import { KeptHistory } from './kept-history.ts'
import { filesOf } from './read-archive.ts'
import type { FoundTerminal } from './survey.ts'

const LIMIT_MS = 10_000
const MOST_BYTES = Math.max(MAX_SCREEN_BYTES, RING_HEADER_BYTES + RING_CAPACITY_BYTES)
/** Colours as they are at the beginning: a screen that begins with nothing is one all the same. */
const PLAIN = '\x1b[m'
/** Ends a sequence that was cut off. */
const CANCEL = '\x18'

/** What a terminal that was found shows: its output, and what its screen was before that. Throws where it is not whole, and as the engine does. */
export async function loadTerminal(
  engine: Engine,
  containerId: string,
  found: FoundTerminal,
): Promise<EarlierTerminal> {
  const read = (file: string): Promise<Buffer> => readKept(engine, containerId, file)
  const { record, exitedAtMs, base, ringFile, stateFile } = found
  const history = new KeptHistory(await read(ringFile))
  if (base.offset > history.end) throw new Error('A screen begins after the end of its output.')
  const state = stateFile === undefined ? Buffer.alloc(0) : await read(stateFile)
  return {
    ...{ record, exitedAtMs, history },
    screen: { ...UNCHANGING, take: async () => screenFrom({ ...base, state }, history) },
    keep: { note: nothing, dispose: nothing },
  }
}

const nothing = (): void => undefined
const UNCHANGING = { produced: nothing, resized: nothing, dispose: nothing }

/** Where the screen began, and all output since is for the client to draw: nobody here parses what a workspace has printed. */
function screenFrom(
  { offset, modes, state }: FoundTerminal['base'] & { state: Buffer },
  history: KeptHistory,
): ToldScreen {
  const isWhole = history.holds(offset)
  const rest = isWhole ? modes || PLAIN : `${modes}${CANCEL}`
  return { offset: isWhole ? offset : history.start, bytes: Buffer.concat([state, Buffer.from(rest)]) }
}

/** One file of the state folder, whole. */
export async function readKept(engine: Engine, containerId: string, name: string): Promise<Buffer> {
  const tar = await engine.containers.getArchive(containerId, `${STATE_FOLDER}/${name}`, AbortSignal.timeout(LIMIT_MS))
  if (tar !== undefined) {
    for await (const file of filesOf(tar, { mostEntries: 1, mostBytes: MOST_BYTES })) return await file.read()
  }
  throw new Error(`What was kept of a terminal is gone: ${name}`)
}
