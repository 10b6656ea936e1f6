import { useRef } from 'react'
import { pageStorage } from '../../platform/page-storage.ts'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import type { Worker } from '../../worker/workers.ts'
import { toInput } from './draft.ts'
import { fieldId } from './field-binding.ts'
import { dropUnsent, keepDraft } from './kept-drafts.ts'
import { rememberRepository, rememberWorker } from './remembered.ts'
import { useCreate } from './use-create.ts'
import type { useDraft } from './use-draft.ts'

/** To be led to the workspace that is being made, or to stay where one is. */
export type SendWay = 'watch' | 'background'

type SendDeps = {
  worker: Worker
  form: Pick<ReturnType<typeof useDraft>, 'draft' | 'check'>
  onCreated: (name: string) => void
  /** The worker has taken it on; the person stays where they are. */
  onBackground: () => void
}

/** Sends a draft that has no errors; else the keyboard goes to the first field with one. */
export function useSendDraft({ worker, form, onCreated, onBackground }: SendDeps) {
  const way = useRef<SendWay>('watch')
  const { state, submit } = useCreate(worker, (name) => {
    dropUnsent()
    if (way.current === 'watch') {
      onCreated(name)
      return
    }
    announce(strings.create.goesOn(name))
    onBackground()
  })
  const send = (wanted: SendWay): void => {
    if (state.status === 'sending') return
    const wrong = form.check()
    if (wrong !== undefined) {
      focusField(fieldId(wrong))
      return
    }
    way.current = wanted
    keepDraft(worker.id, form.draft)
    rememberRepository(pageStorage, form.draft)
    rememberWorker(pageStorage, worker.id)
    void submit(toInput(form.draft))
  }
  return { state, send }
}

/** In the next frame: what is folded around a field with an error has unfolded by then. */
function focusField(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus())
}
