import { accessSync, constants, readlinkSync, realpathSync } from 'node:fs'
import { relative } from 'node:path'
import { readProcess } from '../pty/processes.ts'
import { isFolder, startFolder } from '../pty/shell.ts'

/**
 * The folder that a file goes to which was dropped on the terminal of `session`: the one that its foreground program is in, where
 * that is in the home folder and can be written to; else the work folder.
 */
export function uploadFolder(session: number | undefined, places: { home: string; workFolder: string }): string {
  const current = session === undefined ? undefined : currentFolder(session)
  return current !== undefined && isFor(current, places.home) ? current : startFolder(places)
}

/** The kernel's own word for it, which holds no links; of the shell where the program is another user's. */
function currentFolder(session: number): string | undefined {
  const foreground = readProcess(session)?.foreground ?? -1
  for (const pid of foreground > 0 ? [foreground, session] : [session]) {
    try {
      return readlinkSync(`/proc/${pid}/cwd`)
    } catch {
      // It has ended, or is not ours to look at.
    }
  }
  return undefined
}

function isFor(folder: string, home: string): boolean {
  try {
    const below = relative(realpathSync(home), folder)
    accessSync(folder, constants.W_OK)
    return below !== '..' && !below.startsWith('../') && isFolder(folder)
  } catch {
    return false
  }
}
