import { plainAddress } from './address-kind.ts'
import type { Tailnet, TailnetState } from './tailnet.ts'

/** The two ends of a connection, as the system names them. */
export interface ConnectionEnds {
  localAddress: string
  remoteAddress: string
}

/** Whether a connection is one of the tailnet, and if not why it does not count as one, in words for a person. */
export type Vouching = { isVouchedFor: true } | { isVouchedFor: false; message: string; hint: string }

/** Never rejects. */
export type VouchFor = (ends: ConnectionEnds) => Promise<Vouching>

/** A window that opens makes a dozen connections; a network changes more slowly than that. */
const FRESH_MS = 2_000

/**
 * Has the Tailscale of this computer vouch for connections. The ranges of its addresses are no proof: any network may give them out, and
 * does so most easily while Tailscale is off. So it must be up, this end must be its own, and the other end one that it knows. A no is never
 * of an answer that was kept.
 */
export function vouchByTailnet(tailnet: Pick<Tailnet, 'status'>, now: () => number = Date.now): VouchFor {
  let known: { state: TailnetState; askedAt: number } | undefined
  let asking: Promise<TailnetState> | undefined
  const ask = async (): Promise<TailnetState> => {
    const askedAt = now()
    const state = await tailnet.status()
    known = { state, askedAt }
    return state
  }
  return async (ends) => {
    if (known !== undefined && now() - known.askedAt < FRESH_MS && isWithin(known.state, ends)) return VOUCHED
    asking ??= ask().finally(() => {
      asking = undefined
    })
    const state = await asking
    return isWithin(state, ends) ? VOUCHED : refusal(state)
  }
}

const VOUCHED = { isVouchedFor: true } as const

function isWithin(state: TailnetState, { localAddress, remoteAddress }: ConnectionEnds): boolean {
  if (state.state !== 'ready') return false
  const own = state.self.addresses
  const [near, far] = [plainAddress(localAddress), plainAddress(remoteAddress)]
  return own.includes(near) && (own.includes(far) || state.peers.some(({ addresses }) => addresses.includes(far)))
}

function refusal(state: TailnetState): Vouching {
  return state.state === 'ready'
    ? {
        isVouchedFor: false,
        message:
          'Tailscale does not know the computer at that address: it is in another network, which may be anybody’s.',
        hint: 'Have both computers join one tailnet, or reach the worker by https:// or by ssh://.',
      }
    : {
        isVouchedFor: false,
        message: `Only Tailscale can tell whether that address is of your tailnet. ${state.message}`,
        hint: 'Start it (tailscale up), or reach the worker by https:// or by ssh://.',
      }
}
