import { z } from 'zod'
import { Identifier } from '../../../contract/names.ts'

const STORAGE_KEY = 'berth.places'
const MOST_PLACES = 50

/** Where somebody was last on a worker, by its address in the app. */
const Place = z.object({ worker: Identifier, path: z.string().startsWith('/w/').max(300) })
export type Place = z.infer<typeof Place>

/** Places of several workers, that of the worker that was looked at latest first. */
export type Places = readonly Place[]

/** With one more, in front; or, where only passing, where its worker stands already. */
export function withPlace(places: Places, place: Place, isPassing: boolean): Places {
  const isKnown = places.some(({ worker }) => worker === place.worker)
  if (isPassing && isKnown) return places.map((other) => (other.worker === place.worker ? place : other))
  const others = places.filter(({ worker }) => worker !== place.worker)
  return (isPassing ? [...others, place] : [place, ...others]).slice(0, MOST_PLACES)
}

/** The order in which workers are switched through: from the current one by when they were looked at, then all others. */
export function switchOrder(places: Places, workers: readonly string[], current: string): readonly string[] {
  const seen = places.map(({ worker }) => worker).filter((worker) => workers.includes(worker))
  return [...new Set([current, ...seen, ...workers])]
}

export function readPlaces(storage: Pick<Storage, 'getItem'>): Places {
  try {
    const stored = z.array(Place).safeParse(JSON.parse(storage.getItem(STORAGE_KEY) ?? '[]'))
    return stored.success ? stored.data.slice(0, MOST_PLACES) : []
  } catch {
    // Storage that is blocked or damaged: everyone begins at the first worker.
    return []
  }
}

export function storePlaces(storage: Pick<Storage, 'setItem'>, places: Places): void {
  try {
    storage.setItem(STORAGE_KEY, JSON.stringify(places))
  } catch {
    // A full or blocked storage: places last as long as the page.
  }
}
