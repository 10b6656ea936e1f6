import { useRef, useState } from 'react'
import { strings } from '../../strings/index.ts'
import { Dialog } from '../../ui/dialog.tsx'
import type { Worker } from '../../worker/workers.ts'
import { CallFailureNotice } from './call-failure-notice.tsx'
import { CreateActions, DiscardQuestion } from './create-actions.tsx'
import { CreateFields } from './create-fields.tsx'
import { dropUnsent } from './kept-drafts.ts'
import { useDraft } from './use-draft.ts'
import { useSendDraft } from './use-send-draft.ts'

type CreateDialogProps = {
  worker: Worker
  /** All that could be chosen in its place. */
  workers: readonly Worker[]
  onWorker: (worker: Worker) => void
  /** A name to begin with, where the asker has one. */
  name?: string | undefined
  /** The worker has taken it on, and the person wants to watch it. */
  onCreated: (name: string) => void
  /** Also when it has been taken on and goes on in the background. */
  onClose: () => void
}

/** Asks for a repository and a name and, folded, for what few need. Nothing that was typed is lost without a question. */
export function CreateDialog({ worker, workers, onWorker, name, onCreated, onClose }: CreateDialogProps) {
  const form = useDraft(worker, name)
  const { state, send } = useSendDraft({ worker, form, onCreated, onBackground: onClose })
  const { isAsking, ask, keepEditing } = useDiscardQuestion()
  const sending = state.status === 'sending'
  const close = (): void => {
    if (form.isTouched && !isAsking) ask()
    else onClose()
  }
  const discard = (): void => {
    dropUnsent()
    onClose()
  }
  return (
    <Dialog
      title={strings.create.title}
      onClose={close}
      lightDismiss={!form.isTouched}
      footer={
        isAsking ? (
          <DiscardQuestion onDiscard={discard} onKeep={keepEditing} />
        ) : (
          <CreateActions usualMs={form.usual} sending={sending} onCancel={close} onSend={send} />
        )
      }
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          send('watch')
        }}
      >
        <CallFailureNotice
          title={strings.create.refused}
          failure={state.status === 'refused' ? state.failure : undefined}
        />
        <CreateFields
          worker={worker}
          workers={workers}
          onWorker={onWorker}
          templates={form.templates}
          remembered={form.remembered}
          draft={form.draft}
          errors={form.errors}
          onChange={form.change}
          onBlur={form.blur}
        />
        <input type="submit" hidden />
      </form>
    </Dialog>
  )
}

/** Whether to give up what was typed; the keyboard goes back to where it was when the answer is no. */
function useDiscardQuestion() {
  const [isAsking, setAsking] = useState(false)
  const asked = useRef<Element | null>(null)
  return {
    isAsking,
    ask: (): void => {
      asked.current = document.activeElement
      setAsking(true)
    },
    keepEditing: (): void => {
      setAsking(false)
      if (asked.current instanceof HTMLElement) asked.current.focus()
    },
  }
}
