import { strings } from '../../strings/index.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Field, Select, TextArea, TextInput } from '../../ui/field.tsx'
import type { DraftField } from './draft.ts'
import { bind, type DraftProps, fieldId } from './field-binding.ts'

const FIELDS: readonly DraftField[] = ['type', 'image', 'variables', 'ports', 'startScript', 'docker']

/** What few need, folded until something in it is wrong. */
export function AdvancedFields(props: DraftProps) {
  const { draft, errors } = props
  return (
    <Disclosure label={strings.create.advanced} forceOpen={FIELDS.some((field) => errors[field] !== undefined)}>
      <div className="flex flex-col gap-4">
        <Field
          id={fieldId('variables')}
          label={strings.create.variables}
          help={strings.create.variablesHelp}
          error={errors.variables}
        >
          {(ids) => <TextArea {...ids} {...bind(props, 'variables')} rows={3} />}
        </Field>
        <Field id={fieldId('ports')} label={strings.create.ports} help={strings.create.portsHelp} error={errors.ports}>
          {(ids) => <TextArea {...ids} {...bind(props, 'ports')} rows={2} />}
        </Field>
        <Field id={fieldId('image')} label={strings.create.image} help={strings.create.imageHelp} error={errors.image}>
          {(ids) => <TextInput {...ids} {...bind(props, 'image')} />}
        </Field>
        <Field
          id={fieldId('startScript')}
          label={strings.create.startScript}
          help={strings.create.startScriptHelp}
          error={errors.startScript}
        >
          {(ids) => <TextArea {...ids} {...bind(props, 'startScript')} rows={4} />}
        </Field>
        <Field id={fieldId('type')} label={strings.create.type} help={strings.create.typeHelp} error={errors.type}>
          {(ids) => (
            <Select {...ids} {...bind(props, 'type')}>
              <option value="">{strings.create.typeNames.persistent}</option>
              <option value="temporary">{strings.create.typeNames.temporary}</option>
              <option value="agent">{strings.create.typeNames.agent}</option>
            </Select>
          )}
        </Field>
        <Field
          id={fieldId('docker')}
          label={strings.create.docker}
          help={draft.docker === '' ? strings.create.dockerHelp : strings.create.dockerWarning}
          error={errors.docker}
        >
          {(ids) => (
            <Select {...ids} {...bind(props, 'docker')}>
              <option value="">{strings.create.dockerNames.none}</option>
              <option value="auto">{strings.create.dockerNames.auto}</option>
              <option value="sysbox">{strings.create.dockerNames.sysbox}</option>
              <option value="privileged">{strings.create.dockerNames.privileged}</option>
            </Select>
          )}
        </Field>
      </div>
    </Disclosure>
  )
}
