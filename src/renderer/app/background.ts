import type { Location } from 'react-router'
import { z } from 'zod'
import { NEW_PATH } from './paths.ts'

/** What the history keeps for `/new`: the page under the dialog, a name to begin with, and the worker that it is for. */
const CreateState = z.object({
  background: z
    .object({
      pathname: z.string(),
      search: z.string(),
      hash: z.string(),
      key: z.string(),
      state: z.unknown(),
    })
    .optional(),
  name: z.string().optional(),
  worker: z.string().optional(),
})

/** The page that lies under the dialog; undefined where there is no dialog, or nothing is known under it. */
export function backgroundOf(location: Location): Location | undefined {
  if (location.pathname !== NEW_PATH) return undefined
  const state = CreateState.safeParse(location.state)
  return state.success ? state.data.background : undefined
}

/** The name that the dialog begins with, and its worker, where its opener had them. */
export function suggestionsOf(location: Location): { name?: string | undefined; worker?: string | undefined } {
  const state = CreateState.safeParse(location.state)
  return state.success ? state.data : {}
}
