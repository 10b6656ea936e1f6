import { type RefObject, useEffect, useRef } from 'react'
import { strings } from '../../strings/index.ts'
import { CodeCopy } from '../../ui/code-copy.tsx'
import { CodeField } from '../../ui/code-field.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { copyAndSay } from '../../worker/copy-and-say.ts'
import { takesCode } from './add-state.ts'
import { FoundWorker } from './found-worker.tsx'
import { UnreachedNotice } from './unreached-notice.tsx'
import type { useAddWorker } from './use-add-worker.ts'

const words = strings.addWorker
const PAIR_COMMAND = 'ws agent pair'
const MOST_HOST = 300
const MOST_LABEL = 120

type AddressFormProps = {
  /** By which a button that stands elsewhere submits it. */
  id: string
  form: ReturnType<typeof useAddWorker>
  /** The code stands beside the address, and one press does all; else what is at the address is looked at first. */
  isDirect: boolean
  /** The button that submits it. */
  submitButton: RefObject<HTMLButtonElement | null>
}

/** An address, what is found there, and what else is needed to add it. */
export function AddressForm({ id, form, isDirect, submitButton }: AddressFormProps) {
  const { state, isBusy, submit } = form
  const { stage } = state
  const found = stage.at === 'found' || stage.at === 'adding' ? stage : undefined
  const asksCode = found === undefined ? isDirect : takesCode(found.probe)
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void submit(isDirect)
      }}
    >
      <HostField form={form} />
      {stage.at === 'unreached' ? <UnreachedNotice probe={stage.probe} /> : null}
      {found === undefined ? null : (
        <FoundWorker
          state={state}
          stage={found}
          onTrust={form.trust}
          onAddUntilQuit={() => {
            // The button that was pressed goes with what it answers to; this one stays, and says how it comes along.
            submitButton.current?.focus()
            return form.addUntilQuit()
          }}
        />
      )}
      {asksCode ? <CodePart form={form} isOptional={found?.probe.path === 'tailnet'} /> : null}
      {found === undefined ? null : <LabelField form={form} />}
    </form>
  )
}

type FormProps = Pick<AddressFormProps, 'form'>

function HostField({ form }: FormProps) {
  const input = useRef<HTMLInputElement>(null)
  const { state, errors, isBusy } = form
  const hasFailed = errors.host !== undefined || state.stage.at === 'unreached'
  const wasChosen = useRef(isBusy)
  // Who chose a computer of the tailnet comes here with it: the list that had the keyboard is gone.
  useEffect(() => {
    if (wasChosen.current) input.current?.focus()
  }, [])
  useEffect(() => {
    if (hasFailed) input.current?.focus()
  }, [hasFailed])
  return (
    <Field label={words.host} help={words.hostHelp} error={errors.host}>
      {(ids) => (
        <TextInput
          {...ids}
          ref={input}
          value={state.host}
          maxLength={MOST_HOST}
          readOnly={isBusy}
          inputMode="url"
          onChange={(event) => form.type('host', event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

function CodePart({ form, isOptional }: FormProps & { isOptional: boolean }) {
  const input = useRef<HTMLInputElement>(null)
  const { state, errors, isBusy } = form
  useEffect(() => {
    if (errors.code !== undefined) input.current?.focus()
  }, [errors.code])
  return (
    <div className="flex flex-col gap-3">
      <CodeField
        label={strings.connection.code}
        help={isOptional ? words.codeOfTailnet : strings.connection.codeHelp}
        error={errors.code}
        value={state.code}
        readOnly={isBusy}
        ref={input}
        onChange={(text) => form.type('code', text)}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="text-muted">{words.codeCommand}</p>
        <div className="min-w-40 flex-1">
          <CodeCopy code={PAIR_COMMAND} onCopy={(text) => void copyAndSay(text)} />
        </div>
      </div>
    </div>
  )
}

function LabelField({ form }: FormProps) {
  return (
    <Field label={words.label} help={words.labelHelp}>
      {(ids) => (
        <TextInput
          {...ids}
          value={form.state.label}
          maxLength={MOST_LABEL}
          readOnly={form.isBusy}
          onChange={(event) => form.type('label', event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
