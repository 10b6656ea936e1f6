import { useEffect, useState } from 'react'
import type { Scope } from '../../../contract/agent/clients.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { CodeCopy } from '../../ui/code-copy.tsx'
import { copyAndSay } from '../../worker/copy-and-say.ts'
import { formatDuration } from '../../worker/format.ts'
import { useNow } from '../../worker/use-now.ts'
import { useConnection, useWorkerInfo, type Worker } from '../../worker/workers.ts'
import { ScopeField } from './scope-field.tsx'
import { SaveFailure, SettingsCard } from './settings-card.tsx'
import type { OpenCode, useClients } from './use-clients.ts'
import { useSave } from './use-save.ts'

const words = strings.access

type PairCardProps = {
  worker: Worker
  clients: Pick<ReturnType<typeof useClients>, 'code' | 'makeCode' | 'codeIsOver'>
}

/** A code for one more client, worth what is chosen; it goes from the screen when it is used or has run out. */
export function PairCard({ worker, clients }: PairCardProps) {
  const { code, makeCode, codeIsOver } = clients
  const [scope, setScope] = useState<Scope>('operate')
  const { state, save } = useSave()
  const { data: info } = useWorkerInfo(worker)
  const isOff = useConnection(worker.client).status !== 'live' || state.status === 'saving'
  if (info?.isPairable === false) return <Unreachable />
  return (
    <SettingsCard title={words.pair} help={words.pairHelp}>
      <form
        className="flex flex-wrap items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isOff) void save(() => makeCode(scope), words.codeMade)
        }}
      >
        <div className="min-w-60 flex-1">
          <ScopeField label={words.mayDo} scope={scope} onChange={setScope} />
        </div>
        <Button type="submit" variant="primary" className="mt-6" unavailable={isOff}>
          {words.makeCode}
        </Button>
      </form>
      <SaveFailure worker={worker} state={state} title={words.codeFailed} />
      {code.status === 'open' ? <Code key={code.code} open={code} onOver={codeIsOver} /> : null}
      <p role="status" className="text-muted empty:hidden">
        {code.status === 'used' ? words.pairedNow(code.name) : code.status === 'over' ? words.codeOver : null}
      </p>
    </SettingsCard>
  )
}

/** The app's own agent opens no port: a code for it would lead nowhere. */
function Unreachable() {
  return (
    <SettingsCard title={words.pair} help={words.unreachable}>
      <CodeCopy code="ws --agent" onCopy={(text) => void copyAndSay(text)} />
    </SettingsCard>
  )
}

function Code({ open, onOver }: { open: OpenCode; onOver: () => void }) {
  const now = useNow(1000)
  const leftMs = open.endsAtMs - now
  useEffect(() => {
    if (leftMs <= 0) onOver()
  }, [leftMs, onOver])
  return (
    <div className="flex flex-col gap-2">
      <p className="font-strong">{words.code}</p>
      <CodeCopy code={open.code} onCopy={(text) => void copyAndSay(text)} />
      <p className="text-muted">{words.codeFor(words.scopes[open.scope], formatDuration(Math.max(0, leftMs)))}</p>
    </div>
  )
}
