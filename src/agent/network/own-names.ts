import type { Tailnet } from '../../tailnet/tailnet.ts'

/** What this computer is called in its tailnet. */
export interface TailnetNames {
  /** The full name and its first part; none before tailscaled has said it, and none where there is no tailnet. */
  current(): readonly string[]
  /** Has tailscaled asked again. Settles when it has answered; never rejects. */
  refresh(): Promise<void>
}

/** A computer can be renamed while its address stays. */
const OLD_AFTER_MS = 300_000

/** Learns the names of this computer from tailscaled: from nowhere else, for they decide which `Host` is ours. */
export function tailnetNames(tailnet: Pick<Tailnet, 'status'>, now: () => number = Date.now): TailnetNames {
  let names: readonly string[] = []
  let askedAt = Number.NEGATIVE_INFINITY
  const refresh = async (): Promise<void> => {
    askedAt = now()
    const status = await tailnet.status()
    if (status.state === 'failed') return
    const name = status.state === 'ready' ? status.self.name : ''
    names = name === '' ? [] : [name, name.split('.')[0] ?? name]
  }
  return {
    current: () => {
      if (now() - askedAt > OLD_AFTER_MS) void refresh()
      return names
    },
    refresh,
  }
}
