import { z } from 'zod'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'

const STORAGE_KEY = 'berth.creation-times'
/** Of each kind of creation so many are kept: what is usual follows what has changed. */
const KEPT = 5
const KEPT_KINDS = 60

/** Durations in ms, the latest first, by what was made of what and where. */
const Times = z.array(z.tuple([z.string().max(1024), z.array(z.number().nonnegative()).max(KEPT)])).max(KEPT_KINDS)

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>
/** What decides how long a creation takes, so far as it is known before. */
export type CreationKind = { worker: string; template: string; image: string | undefined; isCloned: boolean }

/** The kind of a workspace that is being made, or was. */
export function kindOf(worker: string, { template, image, repo }: WorkspaceInfo): CreationKind {
  return { worker, template, image: template === BY_IMAGE ? image : undefined, isCloned: repo !== undefined }
}

/** What a worker says in place of a template's name. */
export const BY_IMAGE = 'image'

const keyOf = ({ worker, template, image = '', isCloned }: CreationKind): string =>
  [worker, template, image, isCloned ? 'clone' : ''].join(' ')

/** How long such a creation usually takes, in ms: the median of the last ones that were watched here; undefined: none was. */
export function usualMs(storage: Pick<Storage, 'getItem'>, kind: CreationKind): number | undefined {
  const times = read(storage).get(keyOf(kind)) ?? []
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]
}

/** Keeps how long one took, in ms. */
export function noteCreation(storage: Storage, kind: CreationKind, tookMs: number): void {
  const times = read(storage)
  const key = keyOf(kind)
  const latest = [tookMs, ...(times.get(key) ?? [])].slice(0, KEPT)
  times.delete(key)
  try {
    storage.setItem(STORAGE_KEY, JSON.stringify([[key, latest], ...times].slice(0, KEPT_KINDS)))
  } catch {
    // A full or blocked storage: nothing is usual then, and nothing is said.
  }
}

function read(storage: Pick<Storage, 'getItem'>): Map<string, number[]> {
  try {
    const stored = Times.safeParse(JSON.parse(storage.getItem(STORAGE_KEY) ?? '[]'))
    return new Map(stored.success ? stored.data : [])
  } catch {
    // Storage that is blocked or damaged: nothing is remembered.
    return new Map()
  }
}

/**
 * Measures creations that are watched from their beginning to their end, by this window's own clock. One that fails, or was
 * under way before anybody watched, is no measure.
 */
export function createCreationWatch(now: () => number) {
  const begun = new Map<string, number>()
  return {
    created: (id: string): void => void begun.set(id, now()),
    /** Takes a change in; the duration in ms where that ended a creation. */
    changed: ({ id, status }: Pick<WorkspaceInfo, 'id' | 'status'>): number | undefined => {
      const since = begun.get(id)
      if (since === undefined || status === 'creating') return undefined
      begun.delete(id)
      return status === 'running' ? now() - since : undefined
    },
    deleted: (id: string): void => void begun.delete(id),
  }
}
