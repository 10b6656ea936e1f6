import type { Stats } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { MOST_CREDENTIAL_BYTES, MOST_CREDENTIAL_ENTRIES } from '../../../contract/runtime/credential-files.ts'

/** A file or folder to be brought. */
export interface Found {
  kind: 'file' | 'folder'
  /** Where it is on this computer. */
  from: string
  /** Where it goes below the destination, with slashes; empty is the destination itself. */
  path: string
  mode: number
}

export interface Survey {
  found: Found[]
  /** What is left out, in words without paths of this computer. */
  leftOut: string | undefined
}

/** Why a source cannot be brought, in words without its path. */
export class SourceProblem extends Error {}

/** Places of this computer that sources are looked up by. */
export interface Places {
  home: string
  /** What is in it is the agent's own, and never brought. */
  configDir: string
}

const DEEPEST = 32

/**
 * What a source holds: one file, or a folder with all that is in it, folders before what is in them. Links to files are
 * followed; links to folders, and what is neither file nor folder, are left out. Throws `SourceProblem`.
 */
export async function surveySource(source: string, places: Places): Promise<Survey> {
  const start = await resolveSource(source, places)
  const survey: Survey = { found: [], leftOut: undefined }
  const size = { bytes: 0 }
  try {
    const own = await realpath(places.configDir)
    await visit({ from: start, path: '', depth: 0 }, { survey, size, own })
  } catch (error) {
    throw error instanceof SourceProblem
      ? error
      : new SourceProblem(`It cannot be read on this computer (${codeOf(error)}).`)
  }
  return survey
}

/** Where a source is said to be, links not followed. */
export function placeOfSource(source: string, { home }: Pick<Places, 'home'>): string {
  return source === '~' || source.startsWith('~/') ? path.join(home, source.slice(1)) : source
}

async function resolveSource(source: string, { home, configDir }: Places): Promise<string> {
  const named = placeOfSource(source, { home })
  if (!path.isAbsolute(named)) throw new SourceProblem('Its source is neither absolute nor begins with ~/.')
  let real: string
  try {
    real = await realpath(named)
  } catch (error) {
    const isMissing = codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'
    throw new SourceProblem(
      isMissing ? 'It is missing on this computer.' : `It cannot be read on this computer (${codeOf(error)}).`,
    )
  }
  const own = await realpath(configDir)
  if (isWithin(real, own) || isWithin(own, real))
    throw new SourceProblem('The agent’s own folder is not brought anywhere.')
  return real
}

interface Visit {
  from: string
  path: string
  depth: number
}

async function visit(at: Visit, into: { survey: Survey; size: { bytes: number }; own: string }): Promise<void> {
  const { survey, size, own } = into
  const status = await followedStatus(at.from, own)
  if (status === undefined) {
    if (at.path === '') throw new SourceProblem('It is neither a file nor a folder.')
    survey.leftOut = 'Links to folders, and what is neither file nor folder, are left out.'
    return
  }
  if (status.isFile()) size.bytes += status.size
  if (size.bytes > MOST_CREDENTIAL_BYTES) throw new SourceProblem('It is larger than 16 MiB. Name less of it.')
  const kind = status.isFile() ? 'file' : 'folder'
  survey.found.push({ kind, from: at.from, path: at.path, mode: modeOf(status) })
  if (survey.found.length > MOST_CREDENTIAL_ENTRIES || at.depth > DEEPEST) {
    throw new SourceProblem(`It holds more than ${MOST_CREDENTIAL_ENTRIES} files. Name less of it.`)
  }
  if (kind === 'file') return
  for (const name of (await readdir(at.from)).sort()) {
    const below = at.path === '' ? name : `${at.path}/${name}`
    await visit({ from: path.join(at.from, name), path: below, depth: at.depth + 1 }, into)
  }
}

/** What a place is, with links to files followed; undefined for what is not brought: nor is what is the agent's `own`. */
async function followedStatus(from: string, own: string): Promise<Stats | undefined> {
  const status = await lstat(from)
  if (status.isFile() || status.isDirectory()) return status
  if (!status.isSymbolicLink()) return undefined
  const real = await realpath(from).catch(() => undefined)
  if (real === undefined || isWithin(real, own)) return undefined
  const target = await stat(real).catch(() => undefined)
  return target?.isFile() === true ? target : undefined
}

/** Windows tells no modes: what comes from there is its owner's alone. */
function modeOf(status: Stats): number {
  if (process.platform === 'win32') return status.isFile() ? 0o600 : 0o700
  return status.mode & 0o777
}

function isWithin(place: string, folder: string): boolean {
  const below = path.relative(folder, place)
  return below === '' || (!below.startsWith('..') && !path.isAbsolute(below))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'it is not known why'
}
