import { useMemo, useState } from 'react'
import type { AgentInfo } from '../../../contract/agent/info.ts'
import { completeAddress, nameFromAddress } from '../../../domain/repository-address.ts'
import { pageStorage } from '../../platform/page-storage.ts'
import { BY_IMAGE, type CreationKind, usualMs } from '../../worker/creation-times.ts'
import { useWorkerInfo, useWorkspaces, type Worker } from '../../worker/workers.ts'
import { DRAFT_FIELDS, type Draft, type DraftErrors, type DraftField, EMPTY_DRAFT, errorsOf } from './draft.ts'
import { keepUnsent, keptDraft, unsentDraft } from './kept-drafts.ts'
import { suggestName } from './name-suggestion.ts'
import { rememberedRepositories } from './remembered.ts'

/** The state of the form: what is typed, what is wrong with it and may be said by now, and what follows from what. */
export function useDraft(worker: Worker, name: string | undefined) {
  const { data: workspaces } = useWorkspaces(worker)
  const { data: info } = useWorkerInfo(worker)
  const taken = useMemo(() => new Set(workspaces?.map((workspace) => workspace.name)), [workspaces])
  const [remembered] = useState(() => rememberedRepositories(pageStorage))
  const [initial] = useState<Draft>(() => {
    const kept = name === undefined ? undefined : keptDraft(worker.id, name)
    const fresh = { ...EMPTY_DRAFT, name: name ?? suggestName(taken, Math.random) }
    return kept ?? fresh
  })
  // What was typed before, and was not given up, goes on: the dialog may have been left by its address.
  const [draft, setDraft] = useState(() => (name === undefined ? unsentDraft() : undefined) ?? initial)
  const [own, setOwn] = useState<ReadonlySet<DraftField>>(
    () => new Set(name === undefined ? DRAFT_FIELDS.filter((field) => draft[field] !== initial[field]) : ['name']),
  )
  const [shown, setShown] = useState<ReadonlySet<DraftField>>(new Set())
  const found = errorsOf(draft, { taken, worker: worker.label })
  const errors: DraftErrors = {}
  for (const field of DRAFT_FIELDS) {
    const error = found[field]
    if (error !== undefined && shown.has(field)) errors[field] = error
  }

  const change = (field: DraftField, value: string): void => {
    setOwn((current) => new Set([...current, field]))
    const next = changed(field, value)
    setDraft(next)
    keepUnsent(next)
  }
  const changed = (field: DraftField, value: string): Draft => {
    const next = { ...draft, [field]: value }
    if (field !== 'repository') return next
    const known = remembered.find(({ repository }) => repository === completeAddress(value))
    const derived = freeName(nameFromAddress(completeAddress(value)), taken)
    const name = derived === '' ? initial.name : derived
    return withoutOwn({ ...next, ...known, repository: value, name }, draft, own)
  }
  return {
    draft,
    errors,
    remembered,
    usual: usualMs(pageStorage, kindOfDraft(worker.id, draft, info)),
    templates: info?.templates ?? [],
    isTouched: DRAFT_FIELDS.some((field) => draft[field] !== initial[field]),
    change,
    blur: (field: DraftField): void => setShown((current) => new Set([...current, field])),
    /** Shows every error; the first field that has one. */
    check: (): DraftField | undefined => {
      setShown(new Set(DRAFT_FIELDS))
      return DRAFT_FIELDS.find((field) => found[field] !== undefined)
    },
  }
}

/** What the draft would make, where it says nothing by the worker's first template. */
function kindOfDraft(worker: string, draft: Draft, info: AgentInfo | undefined): CreationKind {
  const image = draft.image.trim()
  const isCloned = draft.repository.trim() !== ''
  if (image !== '') return { worker, template: BY_IMAGE, image, isCloned }
  return { worker, template: draft.template || (info?.templates[0]?.name ?? ''), image: undefined, isCloned }
}

/** What follows from a repository fills in only what nobody has typed. */
function withoutOwn(filled: Draft, current: Draft, own: ReadonlySet<DraftField>): Draft {
  const result = { ...filled }
  for (const field of own) if (field !== 'repository') result[field] = current[field]
  return result
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (name === '' || !taken.has(name)) return name
  let number = 2
  while (taken.has(`${name}-${number}`)) number += 1
  return `${name}-${number}`
}
