import { type FSWatcher, realpathSync, watch } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** Editors write a file in several goes: it is looked at once nothing has come for so long. */
const QUIET_MS = 250

/**
 * Tells when a file may have changed, from now until the result is called, which settles when nothing is under way any
 * more. Its folder is what is watched, so that one that is replaced by another of its name is seen too; where it is a
 * link, the folder of what it leads to as well.
 */
export function watchFile(
  file: string,
  { changed, failed }: { changed: () => Promise<void>; failed: (error: unknown) => void },
): () => Promise<void> {
  const leaving = new AbortController()
  const isOver = (): boolean => leaving.signal.aborted
  let settling: Promise<void> | undefined
  /** Counts what came; the first of them that was looked at last. */
  let news = 0
  const settle = async (): Promise<void> => {
    let seen = 0
    while (seen !== news && !isOver()) {
      seen = news
      await delay(QUIET_MS, undefined, { signal: leaving.signal }).catch(() => undefined)
      if (seen === news && !isOver()) await changed().catch(failed)
    }
    settling = undefined
  }
  const notice = (): void => {
    news += 1
    settling ??= settle()
  }
  const watchers = watchFolders(file, { notice, failed })
  return async () => {
    leaving.abort()
    for (const watcher of watchers) watcher.close()
    await settling
  }
}

function watchFolders(file: string, told: { notice: () => void; failed: (error: unknown) => void }): FSWatcher[] {
  const watchers: FSWatcher[] = []
  for (const place of new Set([path.resolve(file), realpathSync(file)])) {
    try {
      const watcher = watch(path.dirname(place), { persistent: false }, (_event, name) => {
        if (name === null || name === path.basename(place)) told.notice()
      })
      watcher.on('error', told.failed)
      watchers.push(watcher)
    } catch (error) {
      told.failed(error)
    }
  }
  return watchers
}
