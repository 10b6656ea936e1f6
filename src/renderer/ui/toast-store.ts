import type { StatusKind } from './status-icon.tsx'

export type Toast = {
  id: number
  kind: StatusKind
  title: string
  body?: string
  /** Never one that destroys. */
  action?: { label: string; run: () => void }
}

const MAX_TOASTS = 3

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function publish(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** Shows a toast, and says it to screen readers; the oldest makes room when there are three. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  publish([...toasts, { ...toast, id: nextId++ }].slice(-MAX_TOASTS))
}

export function dismissToast(id: number): void {
  publish(toasts.filter((toast) => toast.id !== id))
}

export const readToasts = (): readonly Toast[] => toasts

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
