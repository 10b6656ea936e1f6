import type { Tailnet, TailnetSelf } from '../../tailnet/tailnet.ts'

/** Where this computer is in its tailnet, as tailscaled says it: nobody else is believed. */
export interface OwnPlace {
  /** The full name and its first part; none before tailscaled has said it, and none where there is no tailnet. */
  names(): readonly string[]
  /**
   * Those of `present`, addresses of this computer, that it has from its tailnet: other networks give out such addresses too. Has
   * tailscaled asked about one that it has not named yet.
   */
  addressesAmong(present: readonly string[]): readonly string[]
  /** Has tailscaled asked again. Settles when it has answered; never rejects. */
  refresh(): Promise<void>
}

/** A computer can be renamed while its address stays. */
const OLD_AFTER_MS = 300_000
/** An address may be there a moment before tailscaled says that it is its own. */
const ASK_AGAIN_MS = 5_000
const NOWHERE: TailnetSelf = { name: '', addresses: [] }

/** Learns from tailscaled which names lead here, for they decide which `Host` is ours, and where plain HTTP may be answered. */
export function ownPlace(tailnet: Pick<Tailnet, 'status'>, now: () => number = Date.now): OwnPlace {
  let self = NOWHERE
  let askedAt = Number.NEGATIVE_INFINITY
  let askedAbout = ''
  const refresh = async (): Promise<void> => {
    askedAt = now()
    const status = await tailnet.status()
    if (status.state !== 'failed') self = status.state === 'ready' ? status.self : NOWHERE
  }
  return {
    names: () => {
      if (now() - askedAt > OLD_AFTER_MS) void refresh()
      return self.name === '' ? [] : [self.name, self.name.split('.')[0] ?? self.name]
    },
    addressesAmong: (present) => {
      const unknown = present.filter((address) => !self.addresses.includes(address)).join(' ')
      if (unknown !== '' && (unknown !== askedAbout || now() - askedAt > ASK_AGAIN_MS)) void refresh()
      askedAbout = unknown
      return present.filter((address) => self.addresses.includes(address))
    },
    refresh,
  }
}
