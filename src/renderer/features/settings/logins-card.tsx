import type { Login } from '../../../contract/agent/config.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { useConnection, type Worker } from '../../worker/workers.ts'
import { SaveFailure, SettingsCard } from './settings-card.tsx'
import { useLogins } from './use-config.ts'
import { useSave } from './use-save.ts'

/**
 * Sign-ins of programs that were found on the worker's computer: offered, and given to workspaces by a press alone. Nothing
 * where none was found, or where this client may not ask.
 */
export function LoginsCard({ worker }: { worker: Worker }) {
  const { found, use } = useLogins(worker)
  const { state, save } = useSave()
  const isLive = useConnection(worker.client).status === 'live'
  if (found.length === 0) return null
  const isOff = !isLive || state.status === 'saving'
  return (
    <SettingsCard title={strings.settings.logins} help={strings.settings.loginsHelp}>
      <ul aria-label={strings.settings.logins} className="flex flex-col divide-y divide-line border-y border-line">
        {found.map((login) => (
          <li key={login.kind} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 py-2">
            <p className="min-w-0 flex-1">{login.label}</p>
            <Offer login={login} isOff={isOff} onUse={() => save(() => use(login.kind), given(login))} />
          </li>
        ))}
      </ul>
      <SaveFailure worker={worker} state={state} title={strings.settings.loginsFailed} />
    </SettingsCard>
  )
}

const given = ({ label }: Login): string => strings.settings.loginGiven(label)

function Offer({ login, isOff, onUse }: { login: Login; isOff: boolean; onUse: () => Promise<boolean> }) {
  if (login.isGiven)
    return (
      <p className="flex items-center gap-1.5 text-muted">
        <StatusIcon kind="running" label={null} />
        {strings.settings.loginIsGiven}
      </p>
    )
  return (
    <Button
      size="small"
      unavailable={isOff}
      aria-label={strings.settings.giveLoginNamed(login.label)}
      onClick={() => void onUse()}
    >
      {strings.settings.giveLogin}
    </Button>
  )
}
