import type { Draft, DraftErrors, DraftField } from './draft.ts'

export type DraftProps = {
  draft: Draft
  errors: DraftErrors
  onChange: (field: DraftField, value: string) => void
  onBlur: (field: DraftField) => void
}

/** Ids are fixed: there is one such form at a time, and the first field with an error must be found. */
export const fieldId = (field: DraftField): string => `create-${field}`

/** What ties a control to its field of the draft. */
export function bind({ draft, onChange, onBlur }: DraftProps, field: DraftField) {
  return {
    value: draft[field],
    onChange: (event: { currentTarget: { value: string } }) => onChange(field, event.currentTarget.value),
    onBlur: () => onBlur(field),
  }
}
