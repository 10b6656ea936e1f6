import { type FSWatcher, watch } from 'node:fs'
import { onceQuiet } from '../../config/once-quiet.ts'
import type { Places } from './survey.ts'
import { type WatchedFolders, watchedFolders } from './watched-folders.ts'

/** Folders that are watched at most: beyond, a change is noticed when something else brings credentials. */
const MOST_FOLDERS = 512
/** A source that is written without end is looked at this often at most. */
const REST_MS = 2_000

export interface SourceWatch extends AsyncDisposable {
  /** These are the sources from now on. Settles when they are watched; never rejects. */
  follow(sources: readonly string[]): Promise<void>
}

export interface SourceWatchInput {
  places: Places
  /** A source may be another than it was. Settles when that has been seen to. */
  changed(): Promise<void>
  failed(error: unknown): void
  /** Between two times that are told, in milliseconds. */
  restMs?: number
}

/** Tells when files and folders that workspaces receive change on this computer: those that are named, and nothing else. */
export function watchSources({ places, changed, failed, restMs = REST_MS }: SourceWatchInput): SourceWatch {
  const watchers = new Map<string, FSWatcher>()
  let wanted: WatchedFolders = new Map()
  let sources: readonly string[] = []
  let last: Promise<unknown> = Promise.resolve()
  let isOver = false

  const look = (): Promise<void> => {
    const looked = last.then(async () => {
      const folders = await watchedFolders(sources, places)
      if (isOver) return
      wanted = new Map([...folders].slice(0, MOST_FOLDERS))
      for (const [folder, watcher] of watchers) if (!wanted.has(folder)) forget(folder, watcher)
      for (const folder of wanted.keys()) if (!watchers.has(folder)) begin(folder)
    })
    last = looked.catch(() => undefined)
    return looked
  }
  const news = onceQuiet({
    // Watched first: what comes after that is news again.
    work: () => look().then(changed),
    failed,
    restMs,
  })
  const forget = (folder: string, watcher: FSWatcher): void => {
    watcher.close()
    if (watchers.get(folder) === watcher) watchers.delete(folder)
  }
  const begin = (folder: string): void => {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        const names = wanted.get(folder)
        if (names === 'all' || name === null || names?.has(name) === true) news.notice()
      })
      watcher.on('error', (error) => {
        failed(error)
        forget(folder, watcher)
      })
      watchers.set(folder, watcher)
    } catch (error) {
      failed(error)
    }
  }
  return {
    follow: (next) => {
      sources = next
      return look().catch(failed)
    },
    [Symbol.asyncDispose]: async () => {
      isOver = true
      for (const [folder, watcher] of watchers) forget(folder, watcher)
      await Promise.all([news.end(), last])
    },
  }
}
