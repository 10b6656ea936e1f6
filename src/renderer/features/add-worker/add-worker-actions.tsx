import type { RefObject } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { needsTrust } from './add-state.ts'
import type { useAddWorker } from './use-add-worker.ts'
import type { Suggestions } from './use-suggestions.ts'

const words = strings.addWorker

type AddActionsProps = {
  /** The form that it submits. */
  formId: string
  form: ReturnType<typeof useAddWorker>
  /** One press does all; else what is at the address is looked at first. */
  isDirect: boolean
  submitButton: RefObject<HTMLButtonElement | null>
}

/** The next step of adding a worker by its address, and what has to come before it. */
export function AddActions({ formId, form: { state, isBusy }, isDirect, submitButton }: AddActionsProps) {
  const { at } = state.stage
  const adds = isDirect || at === 'found' || at === 'adding'
  const isWaiting = needsTrust(state)
  const word = at === 'checking' ? words.checking : at === 'adding' ? words.adding : adds ? words.add : words.check
  return (
    <>
      <p role="status" className="flex-1 text-muted">
        {isWaiting ? words.trustFirst : null}
      </p>
      <Button
        ref={submitButton}
        type="submit"
        form={formId}
        variant="primary"
        unavailable={isBusy || isWaiting}
        aria-busy={isBusy}
      >
        {word}
      </Button>
    </>
  )
}

/** Asks the tailnet anew. */
export function LookActions({ suggestions: { isLooking, lookAgain } }: { suggestions: Suggestions }) {
  return (
    <>
      <p role="status" className="flex-1 text-muted">
        {isLooking ? words.looking : null}
      </p>
      <Button unavailable={isLooking} onClick={lookAgain}>
        {words.lookAgain}
      </Button>
    </>
  )
}
