import { useState } from 'react'
import type { PairResponse, Scope } from '../../../contract/agent/clients.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { CodeCopy } from '../../ui/code-copy.tsx'
import { copyAndSay } from '../../worker/copy-and-say.ts'
import { useStanding, type Worker } from '../../worker/workers.ts'
import { AddField } from './add-form.tsx'
import { ScopeField } from './scope-field.tsx'
import { SaveFailure, SettingsCard } from './settings-card.tsx'
import { useSave } from './use-save.ts'

const words = strings.access
const DAYS = { least: 1, most: 3650, usual: '90' }
const LONGEST_NAME = 120

type NewToken = { name: string; scope: Scope; days: number }
type TokenCardProps = { worker: Worker; addToken: (input: NewToken) => Promise<PairResponse> }

/** A token for a program. It is told once, here, and then by nobody. */
export function TokenCard({ worker, addToken }: TokenCardProps) {
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Scope>('operate')
  const [days, setDays] = useState(DAYS.usual)
  const [isChecked, setChecked] = useState(false)
  const [made, setMade] = useState<PairResponse | undefined>(undefined)
  const { state, save } = useSave()
  const isOff = useStanding(worker).status !== 'live' || state.status === 'saving'
  const found = { name: nameProblem(name), days: daysProblem(days) }
  const errors = isChecked ? found : { name: undefined, days: undefined }
  const make = async (): Promise<void> => {
    setChecked(true)
    if (found.name !== undefined || found.days !== undefined) return
    const work = async (): Promise<void> => setMade(await addToken({ name: name.trim(), scope, days: Number(days) }))
    if (!(await save(work, words.tokenMade))) return
    setName('')
    setChecked(false)
  }
  return (
    <SettingsCard title={words.tokens} help={words.tokensHelp}>
      <form
        noValidate
        className="flex flex-wrap items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isOff) void make()
        }}
      >
        <AddField
          label={words.tokenName}
          help={words.tokenNameHelp}
          error={errors.name}
          maxLength={LONGEST_NAME}
          value={name}
          onChange={setName}
        />
        <div className="min-w-44 flex-1">
          <ScopeField label={words.tokenMayDo} scope={scope} onChange={setScope} />
        </div>
        <AddField
          label={words.tokenDays}
          help={words.tokenDaysHelp}
          error={errors.days}
          inputMode="numeric"
          value={days}
          onChange={setDays}
        />
        <Button type="submit" className="mt-6" unavailable={isOff}>
          {words.makeToken}
        </Button>
      </form>
      <SaveFailure worker={worker} state={state} title={words.tokenFailed} />
      {made === undefined ? null : <MadeToken made={made} onDone={() => setMade(undefined)} />}
    </SettingsCard>
  )
}

function MadeToken({ made, onDone }: { made: PairResponse; onDone: () => void }) {
  return (
    <div role="status" className="flex flex-col gap-2">
      <p className="font-strong">{words.tokenOf(made.client.name)}</p>
      <CodeCopy code={made.token} onCopy={(text) => void copyAndSay(text)} />
      <p className="text-muted">{words.tokenOnce}</p>
      <div>
        <Button size="small" onClick={onDone}>
          {words.tokenKept}
        </Button>
      </div>
    </div>
  )
}

const nameProblem = (name: string): string | undefined => (name.trim() === '' ? words.tokenNameError : undefined)

function daysProblem(text: string): string | undefined {
  const days = Number(text)
  return Number.isInteger(days) && days >= DAYS.least && days <= DAYS.most ? undefined : words.tokenDaysError
}
