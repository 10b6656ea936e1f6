/** Where layouts are kept over reloads, restarts and crashes. Losing it costs an arrangement, never a terminal. */
export interface LayoutMemory {
  /** All that was kept, by key, unread; empty where nothing can be kept. */
  load(): Promise<ReadonlyMap<string, unknown>>
  /** Keeps a value that can be cloned, before long. */
  save(key: string, value: unknown): void
  forget(key: string): void
}

const DATABASE = 'berth.layouts'
const LAYOUTS = 'layouts'

/** A divider that is dragged changes the layout with each frame: the first change is written at once, others together. */
const WRITE_EVERY_MS = 200

type Page = Pick<Window, 'indexedDB' | 'addEventListener'>

/**
 * Keeps layouts in IndexedDB: unlike `localStorage`, which the browser writes to its disk when it finds the time, a strict
 * transaction is there when it has ended, also if the browser is then killed. A browser may close the database at any time (its
 * user clears what sites keep, its disk fails): it is opened again for the next write.
 */
export function layoutsInDatabase(page: Page): LayoutMemory {
  const waiting = new Map<string, unknown>()
  let database: IDBDatabase | undefined
  let opening: Promise<IDBDatabase | undefined> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const lose = (closed: IDBDatabase): void => {
    if (database === closed) database = undefined
  }
  const open = (): Promise<IDBDatabase | undefined> => {
    opening ??= openDatabase(page).then((opened) => {
      opening = undefined
      database = opened
      if (opened === undefined) waiting.clear()
      else opened.onclose = () => lose(opened)
      write()
      return opened
    })
    return opening
  }
  // Without waiting for anything, where it is open: the page may be about to go.
  const write = (): void => {
    if (waiting.size === 0) return
    if (database === undefined) {
      void open()
      return
    }
    try {
      writeAll(database, waiting)
      waiting.clear()
    } catch {
      // Closed, and not told yet. What waits is written with what comes next, or when the timer is due.
      lose(database)
    }
  }
  const writeSoon = (key: string, value: unknown): void => {
    waiting.set(key, value)
    if (timer !== undefined) return
    write()
    timer = setTimeout(() => {
      timer = undefined
      write()
    }, WRITE_EVERY_MS)
  }
  page.addEventListener('pagehide', write)
  return {
    load: async () => {
      const opened = await open()
      return opened === undefined ? new Map<string, unknown>() : await readAll(opened).catch(() => new Map())
    },
    save: writeSoon,
    forget: (key) => writeSoon(key, undefined),
  }
}

function writeAll(database: IDBDatabase, values: ReadonlyMap<string, unknown>): void {
  const transaction = database.transaction(LAYOUTS, 'readwrite', { durability: 'strict' })
  const store = transaction.objectStore(LAYOUTS)
  for (const [key, value] of values) {
    if (value === undefined) store.delete(key)
    else store.put(value, key)
  }
  // Said, not left to the browser: a transaction of a page that goes is given up otherwise.
  transaction.commit()
}

/** Undefined where the browser keeps nothing: then layouts last as long as the page. */
async function openDatabase(page: Pick<Window, 'indexedDB'>): Promise<IDBDatabase | undefined> {
  try {
    const opening = page.indexedDB.open(DATABASE, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(LAYOUTS)
    return await settled(opening)
  } catch {
    return undefined
  }
}

async function readAll(database: IDBDatabase): Promise<ReadonlyMap<string, unknown>> {
  const store = database.transaction(LAYOUTS).objectStore(LAYOUTS)
  const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled<unknown[]>(store.getAll())])
  return new Map(keys.flatMap((key, index) => (typeof key === 'string' ? [[key, values[index]]] : [])))
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB gave no reason'))
  })
}
