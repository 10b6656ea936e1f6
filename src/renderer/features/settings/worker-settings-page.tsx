import type { WorkerSettings, WorkerSettingsPatch } from '../../../contract/agent/config.ts'
import { strings } from '../../strings/index.ts'
import { useConnection, type Worker } from '../../worker/workers.ts'
import { type SettingsGroup, SettingsGroupCard } from './settings-group-card.tsx'
import { useWorkerSettings } from './use-config.ts'
import { WorkerPage } from './worker-page.tsx'

const words = strings.workerSettings

const GROUPS: readonly SettingsGroup[] = [
  { title: words.lives, help: words.livesHelp, fields: ['idleStopSeconds', 'privilegedDocker'] },
  { title: words.network, help: words.networkHelp, fields: ['port', 'allowedHosts'] },
  { title: words.pools, help: words.poolsHelp, fields: ['ssh', 'http', 'codeServer', 'custom'] },
  { title: words.engine, help: words.engineHelp, fields: ['host', 'runtimeAddress', 'baseImage'] },
]

/** Everything that a worker keeps in `config.json` beside what workspaces receive. */
export function WorkerSettingsPage({ worker }: { worker: Worker }) {
  const { query, update } = useWorkerSettings(worker)
  return (
    <WorkerPage worker={worker} title={words.title} stored={words.stored(worker.label)} query={query}>
      {(settings) => <Groups worker={worker} settings={settings} update={update} />}
    </WorkerPage>
  )
}

type GroupsProps = {
  worker: Worker
  settings: WorkerSettings
  update: (patch: WorkerSettingsPatch) => Promise<void>
}

function Groups({ worker, settings, update }: GroupsProps) {
  const isLive = useConnection(worker.client).status === 'live'
  return GROUPS.map((group) => (
    <SettingsGroupCard
      key={group.title}
      worker={worker}
      group={group}
      settings={settings}
      unavailable={isLive ? undefined : strings.settings.connectToChange}
      update={update}
    />
  ))
}
