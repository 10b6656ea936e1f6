import type { Dirent } from 'node:fs'
import { opendir } from 'node:fs/promises'
import { join } from 'node:path'

const MAX_DEPTH = 12
const MAX_FOLDERS = 100_000
const MAX_REPOSITORIES = 500
/** Made by tools and made again by them: repositories in there are nobody's work. */
const PASSED_OVER = new Set([
  'node_modules',
  '.cache',
  '.npm',
  '.cargo',
  '.rustup',
  '.pnpm-store',
  '.bun',
  'site-packages',
])

export interface FoundRepositories {
  paths: string[]
  /** Files that are in no repository and not a tool's own (in no hidden folder or file, nor in one that tools make again). */
  looseFiles: number
  /** Why there may be more than these. */
  incomplete: string | undefined
}

/** Working trees and bare repositories at and below `root`, and the files beside them; symbolic links are not followed. */
export async function findRepositories(root: string, signal: AbortSignal): Promise<FoundRepositories> {
  const found: FoundRepositories = { paths: [], looseFiles: 0, incomplete: undefined }
  let level: Folder[] = [{ path: root, isLoose: true }]
  let looked = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return { ...found, incomplete: `folders lie more than ${MAX_DEPTH} deep` }
    const next: Folder[] = []
    for (const folder of level) {
      looked += 1
      if (signal.aborted) return { ...found, incomplete: 'looking through the folders took too long' }
      if (looked > MAX_FOLDERS) return { ...found, incomplete: `there are more than ${MAX_FOLDERS} folders` }
      if (found.paths.length > MAX_REPOSITORIES) {
        return { ...found, incomplete: `there are more than ${MAX_REPOSITORIES} repositories` }
      }
      const content = await lookInto(folder.path)
      if (content === undefined) found.incomplete = `"${folder.path}" cannot be read`
      else if (content.isBare) found.paths.push(folder.path)
      else {
        if (content.isWorkingTree) found.paths.push(folder.path)
        const isLoose = folder.isLoose && !content.isWorkingTree
        if (isLoose) found.looseFiles += content.files
        for (const name of content.folders) {
          next.push({ path: join(folder.path, name), isLoose: isLoose && !name.startsWith('.') })
        }
      }
    }
    level = next
  }
  return found
}

interface Folder {
  path: string
  /** Neither in a repository nor hidden: what lies here is somebody's, and nowhere else. */
  isLoose: boolean
}

async function lookInto(folder: string) {
  try {
    const entries: Dirent[] = []
    for await (const entry of await opendir(folder)) entries.push(entry)
    const names = new Set(entries.map(({ name }) => name))
    return {
      isWorkingTree: names.has('.git'),
      isBare: names.has('HEAD') && names.has('objects') && names.has('refs'),
      files: entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).length,
      folders: entries
        .filter((entry) => entry.isDirectory() && entry.name !== '.git' && !PASSED_OVER.has(entry.name))
        .map(({ name }) => name),
    }
  } catch {
    return undefined
  }
}
