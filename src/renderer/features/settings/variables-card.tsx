import type { EnvironmentPatch, MaskedEnvironment } from '../../../contract/agent/secret-value.ts'
import { strings } from '../../strings/index.ts'
import type { Worker } from '../../worker/workers.ts'
import { AddVariable } from './add-variable.tsx'
import { SaveFailure, SettingsCard } from './settings-card.tsx'
import { useRevealed } from './use-revealed.ts'
import { useSave } from './use-save.ts'
import { VariableRow } from './variable-row.tsx'

export type VariablesCardProps = {
  worker: Worker
  title: string
  help: string
  empty: string
  variables: MaskedEnvironment
  /** What is said beside a name: where it comes from. */
  noteOf?: (name: string) => string | undefined
  unavailable: string | undefined
  /** One value, unmasked. */
  reveal: (name: string) => Promise<string>
  update: (patch: EnvironmentPatch) => Promise<unknown>
}

/** Variables whose values are kept from view: shown one at a time, replaced, removed, added. */
export function VariablesCard(props: VariablesCardProps) {
  const { worker, title, help, empty, variables, noteOf, unavailable, reveal, update } = props
  const { state, save } = useSave()
  const revealed = useRevealed()
  const names = Object.keys(variables).sort()
  const show = async (name: string): Promise<void> => {
    await save(async () => revealed.show(name, await reveal(name)), strings.settings.shown(name))
  }
  const change = (patch: EnvironmentPatch, said: string): Promise<boolean> => {
    revealed.hide()
    return save(() => update(patch), said)
  }
  return (
    <SettingsCard title={title} help={help}>
      {names.length === 0 ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <ul aria-label={title} className="flex flex-col divide-y divide-line border-y border-line">
          {names.map((name) => (
            <VariableRow
              key={name}
              name={name}
              masked={variables[name] ?? ''}
              shown={revealed.valueOf(name)}
              note={noteOf?.(name)}
              unavailable={unavailable !== undefined}
              onShow={() => void show(name)}
              onHide={revealed.hide}
              onReplace={(value) => change({ [name]: value }, strings.settings.variableSaved(name))}
              onRemove={() => change({ [name]: null }, strings.settings.variableRemoved(name))}
            />
          ))}
        </ul>
      )}
      <AddVariable
        taken={names}
        unavailable={unavailable}
        onAdd={(name, value) => change({ [name]: value }, strings.settings.variableSaved(name))}
      />
      <SaveFailure worker={worker} state={state} title={strings.settings.variablesFailed} />
      <p role="status" className="text-muted empty:hidden">
        {state.status === 'saved' ? state.said : null}
      </p>
    </SettingsCard>
  )
}
