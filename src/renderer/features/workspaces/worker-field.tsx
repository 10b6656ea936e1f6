import type { AgentInfo } from '../../../contract/agent/info.ts'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Field, Select } from '../../ui/field.tsx'
import { formatBytes } from '../../worker/format.ts'
import { useConnection, useWorkerInfo, useWorkspaces, type Worker } from '../../worker/workers.ts'
import { freeOf } from './free-resources.ts'

type WorkerFieldProps = { workers: readonly Worker[]; chosen: Worker; onChoose: (worker: Worker) => void }

/** Where the workspace is made, with what each worker has free. One that does not answer cannot be chosen. */
export function WorkerField({ workers, chosen, onChoose }: WorkerFieldProps) {
  return (
    <Field id="create-worker" label={strings.create.worker} help={strings.create.workerHelp}>
      {(ids) => (
        <Select
          {...ids}
          value={chosen.id}
          onChange={({ currentTarget: { value } }) => {
            const worker = workers.find(({ id }) => id === value)
            if (worker !== undefined) onChoose(worker)
          }}
        >
          {workers.map((worker) => (
            <WorkerOption key={worker.id} worker={worker} />
          ))}
        </Select>
      )}
    </Field>
  )
}

function WorkerOption({ worker }: { worker: Worker }) {
  const isLive = useConnection(worker.client).status === 'live'
  const { data: info } = useWorkerInfo(worker)
  const { data: workspaces = [] } = useWorkspaces(worker)
  return (
    <option value={worker.id} disabled={!isLive}>
      {isLive ? freeInWords(worker.label, info, workspaces) : strings.create.workerOffline(worker.label)}
    </option>
  )
}

function freeInWords(label: string, info: AgentInfo | undefined, workspaces: readonly WorkspaceInfo[]): string {
  const { cpus, memoryBytes } = info?.engine ?? {}
  if (cpus === undefined || memoryBytes === undefined) return label
  const free = freeOf({ cpus, memoryBytes }, workspaces)
  return strings.create.workerFree(
    label,
    { free: String(Math.round(free.cpus * 10) / 10), all: cpus },
    { free: formatBytes(free.memoryBytes), all: formatBytes(memoryBytes) },
  )
}
