import { useRef, useState } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { Worker } from '../../worker/workers.ts'
import { CallFailureNotice } from './call-failure-notice.tsx'
import { CreateFields } from './create-fields.tsx'
import { toInput } from './draft.ts'
import { fieldId } from './field-binding.ts'
import { keepDraft } from './kept-drafts.ts'
import { rememberRepository } from './remembered.ts'
import { useCreate } from './use-create.ts'
import { useDraft } from './use-draft.ts'

type CreateDialogProps = {
  worker: Worker
  /** A name to begin with, where the asker has one. */
  name?: string | undefined
  onCreated: (name: string) => void
  onClose: () => void
}

/** Asks for a repository and a name and, folded, for what few need. Nothing that was typed is lost without a question. */
export function CreateDialog({ worker, name, onCreated, onClose }: CreateDialogProps) {
  const form = useDraft(worker, name)
  const { state, submit } = useCreate(worker, onCreated)
  const [askDiscard, setAskDiscard] = useState(false)
  const asked = useRef<Element | null>(null)
  const keepEditing = (): void => {
    setAskDiscard(false)
    if (asked.current instanceof HTMLElement) asked.current.focus()
  }
  const sending = state.status === 'sending'
  const refusal = state.status === 'refused' ? state.failure : undefined

  const close = (): void => {
    if (form.isTouched && !askDiscard) {
      asked.current = document.activeElement
      setAskDiscard(true)
    } else onClose()
  }
  const send = (): void => {
    if (sending) return
    const first = form.check()
    if (first === undefined) {
      keepDraft(worker.id, form.draft)
      rememberRepository(localStorage, form.draft)
      void submit(toInput(form.draft))
    } else focusField(fieldId(first))
  }

  return (
    <Dialog
      title={strings.create.title}
      onClose={close}
      lightDismiss={!form.isTouched}
      footer={
        askDiscard ? (
          <DiscardQuestion onDiscard={onClose} onKeep={keepEditing} />
        ) : (
          <>
            <Button onClick={close}>{strings.common.cancel}</Button>
            <Button variant="primary" onClick={send} aria-busy={sending} unavailable={sending}>
              {sending ? strings.create.creating : strings.create.submit}
            </Button>
          </>
        )
      }
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <CallFailureNotice title={strings.create.refused} failure={refusal} />
        <CreateFields
          worker={worker}
          info={form.info}
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

/** In the next frame: what is folded around a field with an error has unfolded by then. */
function focusField(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus())
}

function DiscardQuestion({ onDiscard, onKeep }: { onDiscard: () => void; onKeep: () => void }) {
  return (
    <div
      role="alertdialog"
      aria-label={strings.create.discardTitle}
      className="flex flex-1 flex-wrap items-center gap-2"
    >
      <p className="flex-1 font-strong">{strings.create.discardTitle}</p>
      <Button onClick={onDiscard}>{strings.create.discard}</Button>
      <Button variant="primary" autoFocus onClick={onKeep}>
        {strings.create.keepEditing}
      </Button>
    </div>
  )
}
