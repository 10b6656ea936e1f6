import { type FSWatcher, realpathSync, watch } from 'node:fs'
import path from 'node:path'
import { onceQuiet } from './once-quiet.ts'

/**
 * Tells when a file may have changed, from now until the result is called, which settles when nothing is under way any
 * more. Its folder is what is watched, so that one that is replaced by another of its name is seen too; where it is a
 * link, the folder of what it leads to as well.
 */
export function watchFile(
  file: string,
  { changed, failed }: { changed: () => Promise<void>; failed: (error: unknown) => void },
): () => Promise<void> {
  const news = onceQuiet({ work: changed, failed })
  const watchers = watchFolders(file, { notice: news.notice, failed })
  return async () => {
    for (const watcher of watchers) watcher.close()
    await news.end()
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
