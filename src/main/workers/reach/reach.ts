import type { WorkerPath } from '../../../contract/desktop/worker.ts'
import type { WorkerAddress } from '../../../domain/worker-address.ts'
import type { VouchFor } from '../../../tailnet/vouch.ts'
import { type Connection, type DialTarget, dial } from './dial.ts'
import { SshTunnel } from './ssh-tunnel.ts'

/** A way to a worker: connections over which a secret may be said. */
export interface Reach {
  /** As the last connection had it, or will most likely. */
  readonly path: WorkerPath
  /** Rejects with `DialError`. */
  open(signal: AbortSignal): Promise<Connection>
  dispose(): void
}

/** The way to `address`. Nothing is connected before `open`. */
export function reachOf(address: WorkerAddress, fingerprint: string | undefined, vouchFor: VouchFor): Reach {
  return address.kind === 'ssh' ? sshReach(address) : tcpReach({ ...address, fingerprint }, vouchFor)
}

function tcpReach(target: DialTarget, vouchFor: VouchFor): Reach {
  let path: WorkerPath = target.isTls === true ? 'tls' : 'plain'
  return {
    get path() {
      return path
    },
    open: async (signal) => {
      const dialled = await dial(target, signal, vouchFor)
      path = dialled.path
      return dialled
    },
    dispose: () => undefined,
  }
}

function sshReach(address: Extract<WorkerAddress, { kind: 'ssh' }>): Reach {
  const tunnel = new SshTunnel(address)
  return {
    path: 'ssh',
    open: async (signal) => ({ socket: await tunnel.open(signal), authority: 'localhost' }),
    dispose: () => tunnel.dispose(),
  }
}
