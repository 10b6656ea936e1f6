import { Scope } from '../../../contract/agent/clients.ts'
import { strings } from '../../strings/index.ts'
import { Field, Select } from '../../ui/field.tsx'

const words = strings.access

type ScopeFieldProps = { label: string; scope: Scope; onChange: (scope: Scope) => void }

/** What somebody who is let in may do. */
export function ScopeField({ label, scope, onChange }: ScopeFieldProps) {
  return (
    <Field label={label} help={words.scopeHelp[scope]}>
      {(ids) => (
        <Select {...ids} value={scope} onChange={({ currentTarget: { value } }) => onChange(Scope.parse(value))}>
          {Scope.options.map((option) => (
            <option key={option} value={option}>
              {words.scopes[option]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
