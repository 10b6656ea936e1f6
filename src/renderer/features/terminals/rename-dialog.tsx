import { type SubmitEvent, useId, useRef, useState } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'

type RenameDialogProps = {
  /** As it is called now. */
  name: string
  onCancel: () => void
  onRename: (title: string) => void
}

const MAX_LENGTH = 200

/** Asks for the name of a terminal. An empty one gives it back to the program; the one that it has changes nothing. */
export function RenameDialog({ name, onCancel, onRename }: RenameDialogProps) {
  const [typed, setTyped] = useState(name)
  const input = useRef<HTMLInputElement>(null)
  const form = useId()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (typed === name) onCancel()
    else onRename(typed.trim())
  }
  return (
    <Dialog
      title={strings.terminals.renameTitle}
      onClose={onCancel}
      className="max-w-110"
      onOpenAutoFocus={(event) => {
        event.preventDefault()
        input.current?.select()
      }}
      footer={
        <>
          <Button onClick={onCancel}>{strings.common.cancel}</Button>
          <Button type="submit" form={form} variant="primary">
            {strings.terminals.rename}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field label={strings.terminals.renameLabel} help={strings.terminals.renameHelp}>
          {(ids) => (
            <TextInput
              {...ids}
              ref={input}
              maxLength={MAX_LENGTH}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
