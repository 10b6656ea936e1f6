import type { RuntimeEnvironment } from '../../contract/runtime/boot.ts'
import type { LifetimeKeeper } from '../lifetimes/keeper.ts'
import { RuntimeSupervisor } from '../runtime/supervisor.ts'
import { sshHostKeyOf } from '../ssh/host-key.ts'
import { runtimeTokenOf } from '../store/secret.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { placeOf } from './subject.ts'

type SuperviseInput = Pick<WorkspaceDeps, 'registry' | 'delivery' | 'config' | 'link' | 'engineTerminals' | 'log'> & {
  secret: Uint8Array
  environmentOf(workspaceId: string): RuntimeEnvironment
  /** The runtime of a workspace is up. */
  onReady(entry: Entry): void
  /** The terminals of a workspace, by its id, are others than before. */
  onTerminalsChanged(workspaceId: string): void
  lifetimes: Pick<LifetimeKeeper, 'active'>
}

/** Keeps runtimes going for the workspaces of a registry, and their state and terminals told. */
export function superviseRuntimes({
  registry,
  delivery,
  config,
  link,
  secret,
  environmentOf,
  onReady,
  onTerminalsChanged,
  lifetimes,
  engineTerminals,
  log,
}: SuperviseInput): RuntimeSupervisor {
  return new RuntimeSupervisor({
    delivery,
    addressing: config.engine.runtimeAddress,
    engine: () => link.require(),
    tokenOf: (workspaceId) => runtimeTokenOf(secret, workspaceId),
    sshHostKeyOf: (workspaceId) => sshHostKeyOf(secret, workspaceId).privateKey,
    environmentOf,
    onStatus: (workspaceId, { status, version, message }) => {
      const entry = registry.findById(workspaceId)
      if (entry === undefined) return
      const record = version === undefined ? {} : { runtimeVersion: version }
      registry.note(entry, { events: [{ type: 'runtime', status, message }], record })
      if (status === 'ready') onReady(entry)
      if (status === 'unsupported') void engineTerminals.sweep(placeOf(entry))
    },
    onReleased: (workspaceId) => engineTerminals.release(workspaceId),
    onTerminalsChanged,
    onActive: (workspaceId, idleMs) => lifetimes.active(workspaceId, idleMs),
    log,
  })
}
