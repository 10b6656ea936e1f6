import type { Location } from 'react-router'
import { z } from 'zod'
import { PairCode, WorkerHost } from '../../contract/desktop/pairing.ts'
import { isDialogPath } from './paths.ts'

/** What the history keeps for a dialog: the page under it, and what its opener fills into it. */
const DialogState = z.object({
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
  request: z.object({ host: WorkerHost, code: PairCode.optional() }).optional(),
})

/** The page that lies under the dialog; undefined where there is no dialog, or nothing is known under it. */
export function backgroundOf(location: Location): Location | undefined {
  if (!isDialogPath(location.pathname)) return undefined
  const state = DialogState.safeParse(location.state)
  return state.success ? state.data.background : undefined
}

/** The name that a new workspace begins with, and its worker, where its opener had them. */
export function suggestionsOf(location: Location): { name?: string | undefined; worker?: string | undefined } {
  const state = DialogState.safeParse(location.state)
  return state.success ? state.data : {}
}

/** What a link from elsewhere asks to fill in. */
export function requestOf(location: Location): { host: string; code?: string | undefined } | undefined {
  const state = DialogState.safeParse(location.state)
  return state.success ? state.data.request : undefined
}
