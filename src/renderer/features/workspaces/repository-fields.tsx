import { strings } from '../../strings/index.ts'
import { Field, TextInput } from '../../ui/field.tsx'
import { bind, type DraftProps, fieldId } from './field-binding.ts'
import type { Remembered } from './remembered.ts'

const KNOWN_LIST = 'create-known-repositories'

/** Where the work comes from. Only this matters; without it a workspace begins empty. */
export function RepositoryFields(props: DraftProps & { remembered: readonly Remembered[] }) {
  const { draft, errors, remembered } = props
  const hasRepository = draft.repository.trim() !== ''
  return (
    <>
      <Field
        id={fieldId('repository')}
        label={strings.create.repository}
        help={strings.create.repositoryHelp}
        error={errors.repository}
      >
        {(ids) => (
          <TextInput
            {...ids}
            {...bind(props, 'repository')}
            inputMode="url"
            list={KNOWN_LIST}
            placeholder={strings.create.repositoryPlaceholder}
          />
        )}
      </Field>
      <datalist id={KNOWN_LIST}>
        {remembered.map(({ repository }) => (
          <option key={repository} value={repository} />
        ))}
      </datalist>
      {hasRepository ? (
        <div className="grid grid-cols-1 gap-4 narrow:grid-cols-2">
          <Field
            id={fieldId('branch')}
            label={strings.create.branch}
            help={strings.create.branchHelp}
            error={errors.branch}
          >
            {(ids) => <TextInput {...ids} {...bind(props, 'branch')} />}
          </Field>
          <Field
            id={fieldId('newBranch')}
            label={strings.create.newBranch}
            help={strings.create.newBranchHelp}
            error={errors.newBranch}
          >
            {(ids) => <TextInput {...ids} {...bind(props, 'newBranch')} />}
          </Field>
        </div>
      ) : null}
    </>
  )
}
