import { BlockList, isIP } from 'node:net'

export type AddressKind = 'loopback' | 'tailnet' | 'other'

/** Tailscale's own are of https://tailscale.com/kb/1015/100.x-addresses and /1033/ip-and-dns-addresses. */
const SUBNETS = [
  { kind: 'loopback', net: '127.0.0.0', prefix: 8, family: 'ipv4' },
  { kind: 'loopback', net: '::1', prefix: 128, family: 'ipv6' },
  { kind: 'tailnet', net: '100.64.0.0', prefix: 10, family: 'ipv4' },
  { kind: 'tailnet', net: 'fd7a:115c:a1e0::', prefix: 48, family: 'ipv6' },
] as const

const KNOWN = SUBNETS.map(({ kind, net, prefix, family }) => {
  const list = new BlockList()
  list.addSubnet(net, prefix, family)
  return { kind, list }
})

/** An IP address, without the mapping of IPv4 into IPv6. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

/** What an IP address is an address of; IPv4 ones may be mapped into IPv6. Text that is no address is `other`. */
export function kindOfAddress(address: string): AddressKind {
  const plain = plainAddress(address)
  const version = isIP(plain)
  if (version === 0) return 'other'
  return KNOWN.find(({ list }) => list.check(plain, version === 6 ? 'ipv6' : 'ipv4'))?.kind ?? 'other'
}
