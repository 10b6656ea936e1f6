import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { formatDuration } from '../../worker/format.ts'
import type { SendWay } from './use-send-draft.ts'

type CreateActionsProps = {
  /** How long such a creation usually takes; undefined: nobody knows yet. */
  usualMs: number | undefined
  sending: boolean
  onCancel: () => void
  onSend: (way: SendWay) => void
}

/** What the dialog ends with: to watch the creation, to let it go on by itself, or neither. */
export function CreateActions({ usualMs, sending, onCancel, onSend }: CreateActionsProps) {
  return (
    <>
      {usualMs === undefined ? null : (
        <p className="w-full text-meta text-muted">{strings.create.usually(formatDuration(usualMs))}</p>
      )}
      <Button onClick={onCancel}>{strings.common.cancel}</Button>
      <Button onClick={() => onSend('background')} unavailable={sending}>
        {strings.create.submitInBackground}
      </Button>
      <Button variant="primary" onClick={() => onSend('watch')} aria-busy={sending} unavailable={sending}>
        {sending ? strings.create.creating : strings.create.submit}
      </Button>
    </>
  )
}

/** Asks before what was typed is given up. Enter alone keeps it. */
export function DiscardQuestion({ onDiscard, onKeep }: { onDiscard: () => void; onKeep: () => void }) {
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
