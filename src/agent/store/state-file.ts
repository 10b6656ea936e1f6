import { copyFile, readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import { writeFileAtomically } from './atomic-file.ts'
import { STATE_VERSION, StateFile } from './records.ts'
import { StateUnreadable } from './store-errors.ts'

export interface LoadedState {
  state: StateFile
  /** What a person should know: the file was torn and the one before is in use. */
  warning: string | undefined
}

/**
 * Reads `state.json`. A file that is torn or not ours gives way to the one before it, and is kept beside it as
 * `state.json.torn`; a file of a newer version is refused. Throws `StateUnreadable`.
 */
export async function loadState(file: string): Promise<LoadedState> {
  const current = await readState(file)
  if (current.kind === 'valid') return { state: current.state, warning: undefined }
  const previous = await readState(`${file}.bak`)
  if (current.kind === 'absent' && previous.kind !== 'valid') {
    return { state: { version: STATE_VERSION, workspaces: {} }, warning: undefined }
  }
  if (previous.kind !== 'valid') {
    throw new StateUnreadable(
      `${file} and the copy of the one before cannot be read.`,
      'Move both away and start again: workspaces that the engine still has are found by their labels.',
    )
  }
  if (current.kind === 'torn') await rename(file, `${file}.torn`)
  await copyFile(`${file}.bak`, file)
  return { state: previous.state, warning: 'The list of workspaces was damaged; the one before it is in use.' }
}

type Read = { kind: 'valid'; state: StateFile } | { kind: 'absent' } | { kind: 'torn' }

const Versioned = z.looseObject({ version: z.number() })

async function readState(file: string): Promise<Read> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'absent' }
    throw new StateUnreadable(`${file} cannot be read.`, 'Look at its owner and mode.', error)
  }
  const json = parseJson(text)
  const versioned = Versioned.safeParse(json)
  if (versioned.success && versioned.data.version > STATE_VERSION) {
    throw new StateUnreadable(
      `${file} was written by a newer version of Berth (state version ${versioned.data.version}).`,
      'Update Berth on this computer.',
    )
  }
  const parsed = StateFile.safeParse(json)
  return parsed.success ? { kind: 'valid', state: parsed.data } : { kind: 'torn' }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Writes the state whole, and keeps what was there before as `.bak`. */
export async function saveState(file: string, state: StateFile): Promise<void> {
  await keepPrevious(file)
  await writeFileAtomically(file, `${JSON.stringify(state, undefined, 2)}\n`)
}

async function keepPrevious(file: string): Promise<void> {
  try {
    await copyFile(file, `${file}.bak.tmp`)
    await rename(`${file}.bak.tmp`, `${file}.bak`)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}
