import { z } from 'zod'
import { completeAddress } from '../../../domain/repository-address.ts'
import type { Draft } from './draft.ts'

const STORAGE_KEY = 'berth.repositories'
const KEPT = 20

/** Of a form that was sent, what the next one for the same repository begins with. No variables and no script: they may hold secrets. */
const Remembered = z.object({
  repository: z.string().max(2048),
  branch: z.string().max(255),
  template: z.string().max(63),
  cpus: z.string().max(20),
  memoryGb: z.string().max(20),
  image: z.string().max(255),
  type: z.string().max(20).default(''),
  ports: z.string().max(1024).default(''),
  docker: z.string().max(20).default(''),
})
export type Remembered = z.infer<typeof Remembered>

/** The repositories that workspaces were made from on this computer, the latest first. */
export function rememberedRepositories(storage: Pick<Storage, 'getItem'>): Remembered[] {
  try {
    const stored = z.array(Remembered).safeParse(JSON.parse(storage.getItem(STORAGE_KEY) ?? '[]'))
    return stored.success ? stored.data : []
  } catch {
    // Storage that is blocked or damaged: nothing is remembered.
    return []
  }
}

/** Remembers a draft that was sent; one without a repository is none to remember. */
export function rememberRepository(storage: Pick<Storage, 'getItem' | 'setItem'>, draft: Draft): void {
  if (draft.repository.trim() === '') return
  const { branch, template, cpus, memoryGb, image, type, ports, docker } = draft
  const choices = { branch, template, cpus, memoryGb, image, type, ports, docker }
  const latest = { repository: completeAddress(draft.repository), ...choices }
  const others = rememberedRepositories(storage).filter(({ repository }) => repository !== latest.repository)
  try {
    storage.setItem(STORAGE_KEY, JSON.stringify([latest, ...others].slice(0, KEPT)))
  } catch {
    // A full or blocked storage: the form begins with its usual defaults next time.
  }
}

const WORKER_KEY = 'berth.create-worker'

/** The worker that a workspace was made on last, from this computer. */
export function lastCreatedOn(storage: Pick<Storage, 'getItem'>): string | undefined {
  try {
    return storage.getItem(WORKER_KEY) ?? undefined
  } catch {
    return undefined
  }
}

export function rememberWorker(storage: Pick<Storage, 'setItem'>, worker: string): void {
  try {
    storage.setItem(WORKER_KEY, worker)
  } catch {
    // A full or blocked storage: the next form begins on the worker that is looked at.
  }
}
