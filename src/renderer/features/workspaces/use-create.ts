import { useEffect, useRef, useState } from 'react'
import type { CreateWorkspace } from '../../../contract/agent/workspace.ts'
import { type CallFailure, failureOf } from '../../worker/failure.ts'
import { useWorkspaces, type Worker } from '../../worker/workers.ts'
import { dropDraft } from './kept-drafts.ts'

/** A creation as the asking screen sees it: until the worker has taken it on, or refused it. */
export type CreateState =
  | { status: 'idle' }
  | { status: 'sending'; name: string }
  | { status: 'refused'; failure: CallFailure }

/**
 * Asks for a workspace. The call itself returns only when the workspace is ready; `onAccepted` is called as soon as the
 * worker's list has it, when its steps can be watched. After a refusal nothing exists, and `refused` says why.
 */
export function useCreate(worker: Worker, onAccepted: (name: string) => void) {
  const [state, setState] = useState<CreateState>({ status: 'idle' })
  const { data: workspaces } = useWorkspaces(worker)
  const accepted = useRef(onAccepted)
  const told = useRef(false)
  const hasTold = (): boolean => told.current
  const tell = (name: string): void => {
    if (told.current) return
    told.current = true
    accepted.current(name)
  }
  useEffect(() => {
    accepted.current = onAccepted
  })

  const sending = state.status === 'sending' ? state.name : undefined
  const isListed = sending !== undefined && workspaces?.some((workspace) => workspace.name === sending) === true
  useEffect(() => {
    if (!isListed || told.current) return
    told.current = true
    accepted.current(sending)
  }, [isListed, sending])

  const submit = async (input: CreateWorkspace): Promise<void> => {
    told.current = false
    setState({ status: 'sending', name: input.name })
    try {
      const made = await worker.client.api.workspaces.create(input)
      if (made.failure === undefined) dropDraft(worker.id, input.name)
      tell(input.name)
    } catch (error) {
      // Once it was taken on, what goes wrong stands in the workspace's own steps.
      if (!hasTold()) setState({ status: 'refused', failure: failureOf(error) })
    }
  }

  return { state, submit }
}
