import { useRef } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

type CloseQuestionProps = { title: string; onCancel: () => void; onKeep: () => void; onEnd: () => void }

/** A terminal whose shell still runs is not ended by a slip: keeping it is the first answer. */
export function CloseQuestion({ title, onCancel, onKeep, onEnd }: CloseQuestionProps) {
  const keep = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      title={strings.terminals.closeTitle(title)}
      onClose={onCancel}
      className="max-w-110"
      onOpenAutoFocus={(event) => {
        event.preventDefault()
        keep.current?.focus()
      }}
      footer={
        <>
          <Button onClick={onCancel}>{strings.common.cancel}</Button>
          <Button variant="danger" onClick={onEnd}>
            {strings.terminals.endIt}
          </Button>
          <Button ref={keep} variant="primary" onClick={onKeep}>
            {strings.terminals.keepRunning}
          </Button>
        </>
      }
    >
      <p>{strings.terminals.closeBody}</p>
    </Dialog>
  )
}
