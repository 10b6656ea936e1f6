import type { WorkerRegistry } from '../../platform/platform.ts'
import { strings } from '../../strings/index.ts'
import type { Worker } from '../../worker/workers.ts'
import { NameCard } from './name-card.tsx'

const { name, nameHelp, nameFailed, nameSaved } = strings.workerAbout
const words = { title: name, help: nameHelp, label: name, failed: nameFailed, saved: nameSaved }

/** What this app calls a worker. */
export function WorkerNameCard({ worker, registry }: { worker: Worker; registry: WorkerRegistry }) {
  return (
    <NameCard worker={worker} words={words} name={worker.label} rename={(label) => registry.rename(worker.id, label)} />
  )
}
