import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { useConnection, type Worker } from '../../worker/workers.ts'
import { SaveFailure, SettingsCard } from './settings-card.tsx'
import { useLogins } from './use-config.ts'
import { useSave } from './use-save.ts'

type KeyChooserProps = {
  worker: Worker
  /** A key was given to workspaces: what it was missing for can be tried again. */
  onGiven: () => void
  onAllCredentials: () => void
}

/** Kinds of sign-ins that Git can use. */
const isForGit = (kind: string): boolean => kind.startsWith('ssh-') || kind === 'gh'

/** The keys and sign-ins for Git that were found on the worker, to be given by a press. */
export function KeyChooser({ worker, onGiven, onAllCredentials }: KeyChooserProps) {
  const { found, isRefused, isRead, use } = useLogins(worker)
  const { state, save } = useSave()
  const isLive = useConnection(worker.client).status === 'live'
  const keys = found.filter(({ kind }) => isForGit(kind))
  const give = async (kind: string, label: string): Promise<void> => {
    if (await save(() => use(kind), strings.settings.loginGiven(label))) onGiven()
  }
  return (
    <SettingsCard title={strings.creation.chooseKey} help={strings.creation.chooseKeyHelp}>
      {isRefused ? <p>{strings.creation.chooseKeyRefused}</p> : null}
      {isRead && keys.length === 0 ? <p>{strings.creation.chooseKeyNone}</p> : null}
      {keys.length === 0 ? null : (
        <ul aria-label={strings.creation.chooseKey} className="flex flex-col divide-y divide-line border-y border-line">
          {keys.map(({ kind, label, isGiven }) => (
            <li key={kind} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 py-2">
              <p className="min-w-0 flex-1">{label}</p>
              {isGiven ? (
                <p className="text-muted">{strings.creation.keyTried}</p>
              ) : (
                <Button
                  size="small"
                  unavailable={!isLive || state.status === 'saving'}
                  aria-label={strings.creation.keyNamed(label)}
                  onClick={() => void give(kind, label)}
                >
                  {strings.creation.giveKey}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <SaveFailure worker={worker} state={state} title={strings.creation.keyFailed} />
      <div>
        <Button onClick={onAllCredentials}>{strings.creation.allCredentials}</Button>
      </div>
    </SettingsCard>
  )
}
