import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { type Places, placeOfSource, SourceProblem, surveySource } from './survey.ts'

/** Folders to watch, each with the names in it that matter; `all`: whatever is in it does. */
export type WatchedFolders = Map<string, Set<string> | 'all'>

/**
 * Where a change of these sources shows: the folders that their names stand in, those that they lead to where they are links,
 * and, of those that are folders, all folders in them. Of one that is not there yet: the nearest folder on the way to it that is.
 */
export async function watchedFolders(sources: readonly string[], places: Places): Promise<WatchedFolders> {
  const folders: WatchedFolders = new Map()
  for (const source of sources) {
    const named = placeOfSource(source, places)
    if (!path.isAbsolute(named)) continue
    await addName(folders, named)
    const real = await realpath(named).catch(() => named)
    if (real !== named) await addName(folders, real)
    await addFolders(folders, source, places)
  }
  return folders
}

async function addName(folders: WatchedFolders, place: string): Promise<void> {
  let at = place
  while (!(await isFolder(path.dirname(at)))) {
    if (path.dirname(at) === at) return
    at = path.dirname(at)
  }
  const folder = path.dirname(at)
  const names = folders.get(folder) ?? new Set()
  if (names !== 'all') folders.set(folder, names.add(path.basename(at)))
}

async function addFolders(folders: WatchedFolders, source: string, places: Places): Promise<void> {
  try {
    const { found } = await surveySource(source, places)
    for (const { kind, from } of found) if (kind === 'folder') folders.set(from, 'all')
  } catch (error) {
    // What cannot be brought is told where it is to be brought.
    if (!(error instanceof SourceProblem)) throw error
  }
}

async function isFolder(place: string): Promise<boolean> {
  return await stat(place).then(
    (status) => status.isDirectory(),
    () => false,
  )
}
