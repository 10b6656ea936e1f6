import type { NetworkInterfaceInfo } from 'node:os'

export interface NetworkWatchDeps {
  interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>
  /** Runs `look` now and then; the returned function ends that. */
  every: (look: () => void) => () => void
  changed: () => void
}

/**
 * Calls `changed` when this computer has other addresses than before: another network, a VPN that came up, a lid that opened. No
 * system tells a program of Node; to look is cheap.
 */
export function watchNetwork({ interfaces, every, changed }: NetworkWatchDeps): () => void {
  let known = addressesOf(interfaces())
  return every(() => {
    const now = addressesOf(interfaces())
    if (now === known) return
    known = now
    changed()
  })
}

function addressesOf(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string {
  const addresses = Object.values(interfaces).flatMap((each) => each ?? [])
  return addresses
    .map(({ address }) => address)
    .sort()
    .join(' ')
}
