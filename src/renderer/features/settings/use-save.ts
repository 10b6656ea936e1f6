import { useState } from 'react'
import { announce } from '../../ui/announcements.ts'
import { type CallFailure, failureOf } from '../../worker/failure.ts'

export type SaveState =
  | { status: 'idle' }
  | { status: 'saving' }
  | { status: 'saved'; said: string }
  | { status: 'failed'; failure: CallFailure }

/** One section's saving: what was typed stays where it fails, and what came of it is said. */
export function useSave(): {
  state: SaveState
  /** Resolves whether it was saved. `said` is what a person reads then. */
  save(work: () => Promise<unknown>, said: string): Promise<boolean>
  forget(): void
} {
  const [state, setState] = useState<SaveState>({ status: 'idle' })
  const save = async (work: () => Promise<unknown>, said: string): Promise<boolean> => {
    setState({ status: 'saving' })
    try {
      await work()
      setState({ status: 'saved', said })
      announce(said)
      return true
    } catch (error) {
      setState({ status: 'failed', failure: failureOf(error) })
      return false
    }
  }
  return { state, save, forget: () => setState({ status: 'idle' }) }
}
