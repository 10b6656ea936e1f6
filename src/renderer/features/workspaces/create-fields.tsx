import type { AgentInfo } from '../../../contract/agent/info.ts'
import { strings } from '../../strings/index.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import type { Worker } from '../../worker/workers.ts'
import { AdvancedFields } from './advanced-fields.tsx'
import { bind, type DraftProps, fieldId } from './field-binding.ts'
import type { Remembered } from './remembered.ts'
import { RepositoryFields } from './repository-fields.tsx'
import { WorkerField } from './worker-field.tsx'

type CreateFieldsProps = DraftProps & {
  worker: Worker
  workers: readonly Worker[]
  onWorker: (worker: Worker) => void
  templates: AgentInfo['templates']
  remembered: readonly Remembered[]
}

export function CreateFields(props: CreateFieldsProps) {
  const { worker, draft, errors } = props
  const free =
    draft.name !== '' && errors.name === undefined ? strings.create.nameFree(draft.name, worker.label) : undefined
  return (
    <>
      <RepositoryFields {...props} />
      <TemplateField {...props} />
      <WorkerField workers={props.workers} chosen={worker} onChoose={props.onWorker} />
      <Field
        id={fieldId('name')}
        label={strings.create.name}
        help={free ?? strings.create.nameHelp}
        error={errors.name}
      >
        {(ids) => (
          <TextInput
            {...ids}
            {...bind(props, 'name')}
            maxLength={63}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </Field>
      <ResourceFields {...props} />
      <AdvancedFields {...props} />
    </>
  )
}

function ResourceFields(props: DraftProps) {
  const { errors } = props
  return (
    <Disclosure label={strings.create.resources} forceOpen={errors.cpus !== undefined || errors.memoryGb !== undefined}>
      <div className="grid grid-cols-1 gap-4 narrow:grid-cols-2">
        <Field id={fieldId('cpus')} label={strings.create.cpus} help={strings.create.cpusHelp} error={errors.cpus}>
          {(ids) => <TextInput {...ids} {...bind(props, 'cpus')} inputMode="decimal" />}
        </Field>
        <Field
          id={fieldId('memoryGb')}
          label={strings.create.memory}
          help={strings.create.memoryHelp}
          error={errors.memoryGb}
        >
          {(ids) => <TextInput {...ids} {...bind(props, 'memoryGb')} inputMode="decimal" />}
        </Field>
      </div>
      <p className="pt-3 text-meta text-muted">{strings.create.noDiskLimit}</p>
    </Disclosure>
  )
}

function TemplateField(props: CreateFieldsProps) {
  const { templates, draft } = props
  const chosen = templates.find((template) => template.name === draft.template) ?? templates[0]
  const byImage = draft.image.trim() !== ''
  return (
    <Field
      id={fieldId('template')}
      label={strings.create.template}
      help={byImage ? strings.create.templateByImage : (chosen?.description ?? strings.create.templateHelp)}
      error={props.errors.template}
    >
      {(ids) => (
        <Select {...ids} {...bind(props, 'template')} value={chosen?.name ?? ''}>
          {templates.map((template) => (
            <option key={template.name} value={template.name}>
              {template.name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
