import { useEffect, useRef, useState } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'

type VariableRowProps = {
  name: string
  masked: string
  /** The value, while it is shown. */
  shown: string | undefined
  note: string | undefined
  unavailable: boolean
  onShow: () => void
  onHide: () => void
  /** Resolve whether it was done. */
  onReplace: (value: string) => Promise<boolean>
  onRemove: () => Promise<boolean>
}

type Mode = 'rest' | 'replacing' | 'removing'

/** A variable in one line, or what is being done with it. */
export function VariableRow(props: VariableRowProps) {
  const { name, masked, shown, note, unavailable, onShow, onHide, onReplace, onRemove } = props
  const [mode, setMode] = useState<Mode>('rest')
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-mono break-all">{name}</p>
        {note === undefined ? null : <p className="text-meta text-muted">{note}</p>}
      </div>
      {mode === 'replacing' ? (
        <Replacement name={name} onReplace={onReplace} onLeave={() => setMode('rest')} />
      ) : (
        <>
          <p className="min-w-32 flex-1 font-mono break-all whitespace-pre-wrap select-text">{shown ?? masked}</p>
          {mode === 'removing' ? (
            <Removal name={name} onRemove={onRemove} onLeave={() => setMode('rest')} />
          ) : (
            <div className="flex gap-2">
              <Button
                size="small"
                unavailable={unavailable}
                aria-label={shown === undefined ? strings.settings.showNamed(name) : strings.settings.hideNamed(name)}
                onClick={shown === undefined ? onShow : onHide}
              >
                {shown === undefined ? strings.settings.show : strings.settings.hide}
              </Button>
              <Button
                size="small"
                unavailable={unavailable}
                aria-label={strings.settings.replaceNamed(name)}
                onClick={() => setMode('replacing')}
              >
                {strings.settings.replace}
              </Button>
              <Button
                size="small"
                unavailable={unavailable}
                aria-label={strings.settings.removeNamed(name)}
                onClick={() => setMode('removing')}
              >
                {strings.settings.remove}
              </Button>
            </div>
          )}
        </>
      )}
    </li>
  )
}

type RemovalProps = Pick<VariableRowProps, 'name' | 'onRemove'> & { onLeave: () => void }

/** Asks once more; the keyboard begins on keeping. */
function Removal({ name, onRemove, onLeave }: RemovalProps) {
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  return (
    <div className="flex gap-2">
      <Button size="small" variant="danger" onClick={() => void onRemove().then(onLeave)}>
        {strings.settings.removeNamed(name)}
      </Button>
      <Button ref={keep} size="small" onClick={onLeave}>
        {strings.settings.keep}
      </Button>
    </div>
  )
}

type ReplacementProps = Pick<VariableRowProps, 'name' | 'onReplace'> & { onLeave: () => void }

/** What is typed stays where it was not saved. */
function Replacement({ name, onReplace, onLeave }: ReplacementProps) {
  const [value, setValue] = useState('')
  const submit = async (): Promise<void> => {
    if (await onReplace(value)) onLeave()
  }
  return (
    <form
      className="flex min-w-60 flex-2 items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <TextInput
        type="password"
        autoFocus
        aria-label={strings.settings.newValueOf(name)}
        autoComplete="new-password"
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button type="submit" variant="primary">
        {strings.settings.save}
      </Button>
      <Button onClick={onLeave}>{strings.common.cancel}</Button>
    </form>
  )
}
