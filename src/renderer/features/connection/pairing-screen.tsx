import { useEffect, useId, useRef, useState } from 'react'
import { copyText } from '../../platform/clipboard.ts'
import { usePlatform } from '../../platform/context.ts'
import { normaliseCode } from '../../platform/pairing-code.ts'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import { Button } from '../../ui/button.tsx'
import { CodeCopy } from '../../ui/code-copy.tsx'
import { CodeField } from '../../ui/code-field.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { codeProblem } from '../../worker/code-problem.ts'
import type { Standing } from '../../worker/standing.ts'
import { useRetryNow, type Worker } from '../../worker/workers.ts'

const PAIR_COMMAND = 'ws agent pair'

type Refused = Extract<Standing, { status: 'unauthorized' }>

/** A worker that does not know this browser, or this computer, and why. */
export function PairingScreen({ worker, standing: { cause, message } }: { worker: Worker; standing: Refused }) {
  const retryNow = useRetryNow(worker)
  const { registry } = usePlatform()
  if (worker.embedded) {
    return (
      <EmptyState
        heading
        icon={<StatusIcon kind="failed" label={null} />}
        title={strings.connection.unreachable(worker.label)}
        body={strings.connection.embeddedRefused}
      >
        <Button onClick={retryNow}>{strings.common.tryNow}</Button>
      </EmptyState>
    )
  }
  if (registry === undefined) return <PairWithWorker worker={worker} intro={strings.connection.pairIntro} />
  const isLost = cause === 'token_missing'
  return <PairWithWorker worker={worker} intro={isLost ? message : strings.connection.pairAgainIntro(worker.label)} />
}

type PairProps = {
  worker: Worker
  /** Why a code is needed, and whose. */
  intro: string
  /** It stands where a person has just pressed something that is gone. */
  takesFocus?: boolean
}

/** One field for the code that the worker shows. */
export function PairWithWorker({ worker, intro, takesFocus = false }: PairProps) {
  const retryNow = useRetryNow(worker)
  const title = useId()
  return (
    <section aria-labelledby={title} className="mx-auto flex w-full max-w-120 flex-col gap-5 px-4 pt-[10vh] pb-8">
      <h1 id={title} tabIndex={-1} className="text-page font-strong">
        {strings.connection.pairTitle(worker.label)}
      </h1>
      <p className="text-muted">{intro}</p>
      <div className="flex flex-col gap-1">
        <p className="font-strong">{strings.connection.pairCommand}</p>
        <CodeCopy code={PAIR_COMMAND} onCopy={(text) => void copyText(text)} />
      </div>
      <PairingForm worker={worker} takesFocus={takesFocus} retryNow={retryNow} />
      <p className="border-t border-line pt-4 text-muted">{strings.connection.pairTrust}</p>
    </section>
  )
}

type FormProps = Required<Pick<PairProps, 'worker' | 'takesFocus'>> & { retryNow: () => void }

function PairingForm({ worker, takesFocus, retryNow }: FormProps) {
  const { workers } = usePlatform()
  const [code, setCode] = useState('')
  const [error, setError] = useState<string | undefined>(undefined)
  const [sending, setSending] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (takesFocus) input.current?.focus()
  }, [takesFocus])

  const refuse = (sentence: string): void => {
    setError(sentence)
    input.current?.focus()
  }
  const pair = async (): Promise<void> => {
    const problem = codeProblem(code)
    if (problem !== undefined) {
      refuse(problem)
      return
    }
    setSending(true)
    const outcome = await workers.pair(worker.id, normaliseCode(code))
    setSending(false)
    if (outcome.status === 'paired') announce(strings.connection.paired(worker.label))
    else refuse(outcome.status === 'failed' ? outcome.message : REFUSALS[outcome.status])
  }
  return (
    <form
      noValidate
      className="flex flex-col items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!sending) void pair()
      }}
    >
      <div className="w-full">
        <CodeField
          label={strings.connection.code}
          help={strings.connection.codeHelp}
          error={error}
          value={code}
          isFirst
          ref={input}
          onChange={setCode}
          onBlur={() => setError(code === '' ? undefined : codeProblem(code))}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" unavailable={sending} aria-busy={sending}>
          {sending ? strings.connection.pairing : strings.connection.pair}
        </Button>
        <Button onClick={retryNow}>{strings.common.tryNow}</Button>
      </div>
    </form>
  )
}

const REFUSALS = {
  refused: strings.connection.pairRefused,
  too_many: strings.connection.pairTooMany,
  unreachable: strings.connection.pairUnreachable,
}
