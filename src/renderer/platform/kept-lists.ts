import { z } from 'zod'
import { WorkspaceStatus } from '../../contract/agent/workspace.ts'
import { Identifier, WorkspaceName } from '../../contract/names.ts'

const STORAGE_KEY = 'berth.workers'
/** A list may be long and a computer may know many workers: storage is small, and shared. */
const MOST_ROWS = 200
const MOST_ROWS_OF_ALL = 2000

/** Of a workspace whose worker has not answered since the app was started: what it is called, and what it last was. */
export const KeptRow = z.object({ name: WorkspaceName, status: WorkspaceStatus })
export type KeptRow = z.infer<typeof KeptRow>

export type KeptLists = Readonly<Record<string, readonly KeptRow[]>>
const Stored = z.record(Identifier, z.array(KeptRow).max(MOST_ROWS))

/** The last list of each remote worker: names and states, nothing else. */
export interface KeptListStore {
  read(): KeptLists
  keep(worker: string, rows: readonly KeptRow[]): void
  /** Of a worker that was removed. */
  forget(worker: string): void
}

export function createKeptLists(storage: Pick<Storage, 'getItem' | 'setItem'>): KeptListStore {
  let current = readStored(storage)
  const put = (lists: KeptLists): void => {
    current = lists
    try {
      storage.setItem(STORAGE_KEY, JSON.stringify(lists))
    } catch {
      // A full or blocked storage: after the next start, workers that are away have no rows.
    }
  }
  return {
    read: () => current,
    keep: (worker, rows) => {
      const { [worker]: _, ...others } = current
      // The latest first: where there is no room for all, those that were not seen for long go.
      put(bounded({ [worker]: rows.slice(0, MOST_ROWS).map(({ name, status }) => ({ name, status })), ...others }))
    },
    forget: (worker) => {
      const { [worker]: rows, ...others } = current
      if (rows !== undefined) put(others)
    },
  }
}

function bounded(lists: KeptLists): KeptLists {
  let room = MOST_ROWS_OF_ALL
  return Object.fromEntries(
    Object.entries(lists).filter(([, rows]) => {
      room -= rows.length
      return room >= 0
    }),
  )
}

function readStored(storage: Pick<Storage, 'getItem'>): KeptLists {
  try {
    const stored = Stored.safeParse(JSON.parse(storage.getItem(STORAGE_KEY) ?? '{}'))
    return stored.success ? stored.data : {}
  } catch {
    // Storage that is blocked or damaged: nothing is known of workers that are away.
    return {}
  }
}
