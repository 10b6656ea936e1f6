import { posix } from 'node:path'
import { KeptTerminal } from '../../contract/runtime/kept-terminal.ts'
import { KEPT_SUFFIX, MAX_SCREEN_BYTES, STATE_FOLDER } from '../../contract/runtime/state-folder.ts'
import type { TerminalRecord } from '../../contract/terminal/terminal.ts'
import { chooseKept, type LeftTerminal } from '../../terminals/choose-kept.ts'
import { RING_CAPACITY_BYTES, RING_HEADER_BYTES } from '../../terminals/ring-format.ts'
import type { Engine } from '../engine/engine.ts'
import { type ArchivedFile, filesOf } from './read-archive.ts'

const LIMIT_MS = 15_000
/** A workspace that was killed may leave 128 terminals with 9 MiB each; of most there is much less. */
const ARCHIVE = { mostEntries: 4096, mostBytes: 1_536 * 1_048_576 }
/** What is said of a terminal: some hundred bytes, more after many changes of its size. */
const MOST_NOTE_BYTES = 65_536
const MOST_NOTES = 256
const MOST_RING_BYTES = RING_HEADER_BYTES + RING_CAPACITY_BYTES
/** Names as runtimes give them. They become paths. */
const RING_NAME = /^[\w-]{1,120}\.ring$/
const STATE_NAME = /^[\w-]{1,120}\.ring\.screen\d{1,16}$/

/** A terminal that ended with its workspace, and where its last screen lies in the container. */
export interface FoundTerminal extends LeftTerminal {
  record: TerminalRecord
  exitedAtMs: number | undefined
  base: { offset: number; modes: string }
  /** Names in the state folder. */
  ringFile: string
  stateFile: string | undefined
}

/**
 * The terminals that a stopped container has the last screens of, as many as a runtime keeps, in the order of their creation.
 * The folder belongs to whoever works in the workspace: only regular files are read, so much of them, and what does not
 * parse is left out. After `limitMs` what was found so far counts. Throws as the engine does.
 */
export async function surveyTerminals(
  engine: Engine,
  containerId: string,
  limitMs = LIMIT_MS,
): Promise<FoundTerminal[]> {
  const limit = AbortSignal.timeout(limitMs)
  const tar = await engine.containers.getArchive(containerId, STATE_FOLDER, limit)
  if (tar === undefined) return []
  const notes = new Map<string, Buffer>()
  const files = new Map<string, ArchivedFile>()
  try {
    for await (const file of filesOf(tar, ARCHIVE)) {
      files.set(file.name, file)
      const isNote = file.name.endsWith(KEPT_SUFFIX) && file.sizeBytes <= MOST_NOTE_BYTES && notes.size < MOST_NOTES
      if (isNote) notes.set(file.name.slice(0, -KEPT_SUFFIX.length), await file.read())
    }
  } catch (error) {
    if (!limit.aborted) throw error
  }
  const found = [...notes].flatMap(([ringFile, text]) => foundIn(files, ringFile, text) ?? [])
  return onePerId(chooseKept(found)).sort((a, b) => a.record.createdAt.localeCompare(b.record.createdAt))
}

function foundIn(files: ReadonlyMap<string, ArchivedFile>, ringFile: string, text: Buffer): FoundTerminal | undefined {
  const kept = parseKept(text)
  const ring = files.get(ringFile)
  if (kept === undefined || ring === undefined || !RING_NAME.test(ringFile) || ring.sizeBytes > MOST_RING_BYTES) return
  const { offset, modes, stateFile: statePath } = kept.screen.base
  const stateFile = statePath === undefined ? undefined : posix.basename(statePath)
  const state = stateFile === undefined ? undefined : files.get(stateFile)
  const isStateThere = state !== undefined && STATE_NAME.test(state.name) && state.sizeBytes <= MAX_SCREEN_BYTES
  if (stateFile !== undefined && !isStateThere) return
  const { record, exitedAtMs } = kept
  return {
    ...{ record, exitedAtMs, base: { offset, modes }, ringFile, stateFile },
    changedAtMs: ring.changedAtMs,
    sizeBytes: ring.sizeBytes + (state?.sizeBytes ?? 0),
  }
}

function parseKept(text: Buffer): KeptTerminal | undefined {
  try {
    return KeptTerminal.parse(JSON.parse(text.toString('utf8')))
  } catch {
    return undefined
  }
}

/** No runtime gives an id twice; of those who do, the first counts. */
function onePerId(found: readonly FoundTerminal[]): FoundTerminal[] {
  return [...new Map(found.toReversed().map((one) => [one.record.id, one])).values()]
}
