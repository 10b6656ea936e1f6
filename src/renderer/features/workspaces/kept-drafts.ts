import type { Draft } from './draft.ts'

/** What was sent for workspaces that are being made, so that a creation which fails gives its form back. In memory alone. */
const drafts = new Map<string, Draft>()

const keyOf = (worker: string, name: string): string => `${worker}/${name}`

export function keepDraft(worker: string, draft: Draft): void {
  drafts.set(keyOf(worker, draft.name.trim()), draft)
}

export function keptDraft(worker: string, name: string): Draft | undefined {
  return drafts.get(keyOf(worker, name))
}

let unsent: Draft | undefined

/** What is being typed and was not sent yet. In memory alone. */
export function keepUnsent(draft: Draft): void {
  unsent = draft
}

export const unsentDraft = (): Draft | undefined => unsent

/** It was sent, or given up by a person. */
export function dropUnsent(): void {
  unsent = undefined
}

/** The workspace is there: its form is not needed any more. */
export function dropDraft(worker: string, name: string): void {
  drafts.delete(keyOf(worker, name))
}
