import { isIP } from 'node:net'
import os from 'node:os'
import { kindOfAddress } from '../../tailnet/address-kind.ts'
import { StoreError } from '../store/store-errors.ts'

export const isLoopback = (address: string): boolean => kindOfAddress(address) === 'loopback'
export const isTailnet = (address: string): boolean => kindOfAddress(address) === 'tailnet'

export interface AddressChoice {
  /** An address that the user names; the default is loopback and the tailnet. */
  host: string | undefined
  noAuth: boolean
  /** Plain HTTP on any address, at the user's word. */
  insecure: boolean
  /** Whether what travels is encrypted by ourselves. */
  isTls: boolean
}

/** Where to listen. */
export interface ChosenAddresses {
  fixed: string[]
  /** Whether the tailnet's addresses are listened on too, as they come and go. */
  followsTailnet: boolean
}

/** An address was asked for that tokens may not travel to. */
export class AddressRefused extends StoreError {
  override readonly name = 'AddressRefused'
}

/**
 * Where to listen. Tokens and terminals travel over plain HTTP only to this computer and over WireGuard; another address
 * needs TLS or the user's word, and none may be had without tokens. Throws `AddressRefused`.
 */
export function chooseAddresses({ host, noAuth, insecure, isTls }: AddressChoice): ChosenAddresses {
  if (host === undefined) return { fixed: ['127.0.0.1'], followsTailnet: !noAuth }
  const address = host === 'localhost' ? '127.0.0.1' : host
  if (isIP(address) === 0) {
    throw new AddressRefused(`${host} is not an IP address.`, 'Name an address of this computer, such as 127.0.0.1.')
  }
  if (noAuth && !isLoopback(address)) {
    throw new AddressRefused(
      `Without tokens, anyone could use this computer from ${address}.`,
      'Leave out --no-auth or --host.',
    )
  }
  if (!isLoopback(address) && !isTailnet(address) && !insecure && !isTls) {
    throw new AddressRefused(
      `Tokens would travel to ${address} in plain text.`,
      'Use a tailnet, an SSH tunnel, or --tls-cert and --tls-key; or say --insecure if you trust that network.',
    )
  }
  return { fixed: [address], followsTailnet: false }
}

/** Every address of this computer now. */
export function ownAddresses(): string[] {
  return Object.values(os.networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address)
}

/** Those of them now that a tailnet may have given: other networks use the same ranges. */
export function tailnetAddresses(): string[] {
  return ownAddresses().filter(isTailnet)
}
