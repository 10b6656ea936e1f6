import { useRef } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

type Answer = 'cancel' | 'keep' | 'end'

type CloseQuestionProps = {
  title: string
  /** How many terminals it is about. */
  count: number
  onAnswer: (answer: Answer) => void
  /** Runs when the dialog has gone after an answer that took them off the screen. */
  afterAnswer: () => void
}

/** A terminal whose shell still runs is not ended by a slip: keeping it is the first answer. */
export function CloseQuestion({ title, count, onAnswer, afterAnswer }: CloseQuestionProps) {
  const keep = useRef<HTMLButtonElement>(null)
  const given = useRef<Answer>('cancel')
  const answer = (chosen: Answer): void => {
    given.current = chosen
    onAnswer(chosen)
  }
  return (
    <Dialog
      title={strings.terminals.closeTitle(title)}
      onClose={() => answer('cancel')}
      className="max-w-110"
      onOpenAutoFocus={(event) => {
        event.preventDefault()
        keep.current?.focus()
      }}
      afterClose={() => (given.current === 'cancel' ? undefined : afterAnswer())}
      footer={
        <>
          <Button onClick={() => answer('cancel')}>{strings.common.cancel}</Button>
          <Button variant="danger" onClick={() => answer('end')}>
            {strings.terminals.endAll(count)}
          </Button>
          <Button ref={keep} variant="primary" onClick={() => answer('keep')}>
            {strings.terminals.keepRunning}
          </Button>
        </>
      }
    >
      <p>{strings.terminals.closeBody(count)}</p>
    </Dialog>
  )
}
