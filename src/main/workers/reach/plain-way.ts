import type { Socket } from 'node:net'
import { assertNever } from '../../../domain/assert-never.ts'
import { kindOfAddress } from '../../../tailnet/address-kind.ts'
import type { VouchFor } from '../../../tailnet/vouch.ts'
import { DialError } from './dial-error.ts'

/** How a connection may carry plain text; or that it may not, and why where that can be told. */
export type PlainWay = { path: 'loopback' | 'tailnet' } | { path: 'none'; reason: DialError | undefined }

/** What has been connected: it is this computer, its tailnet where `vouchFor` says so, or a network that others read too. */
export async function plainWay(socket: Socket, vouchFor: VouchFor): Promise<PlainWay> {
  const { remoteAddress = '', localAddress = '' } = socket
  const kind = kindOfAddress(remoteAddress)
  switch (kind) {
    case 'loopback':
      return { path: kind }
    case 'other':
      return { path: 'none', reason: undefined }
    case 'tailnet': {
      const vouching = await vouchFor({ localAddress, remoteAddress })
      if (vouching.isVouchedFor) return { path: kind }
      return { path: 'none', reason: new DialError('plain', vouching.message, { hint: vouching.hint }) }
    }
    default:
      return assertNever(kind)
  }
}
