import type { PeerStatus, Status } from 'tslocal'

/** Another computer of the tailnet. */
export interface TailnetPeer {
  /** Its full name in the tailnet, which MagicDNS resolves. */
  name: string
  /** What it calls itself; not unique. */
  label: string
  /** As Tailscale names it: `linux`, `macOS`, `windows`, `iOS`; empty where it does not say. */
  os: string
  addresses: string[]
  isOnline: boolean
  /** ISO 8601; of one that is away. */
  lastSeenAt?: string
}

/** This computer, as the tailnet knows it. */
export interface TailnetSelf {
  /** Its full name; empty where it has none yet. */
  name: string
  /** Those that its own interface has. */
  addresses: string[]
}

export type TailnetState =
  | { state: 'ready'; self: TailnetSelf; hasMagicDns: boolean; peers: TailnetPeer[] }
  | { state: 'absent' | 'stopped' | 'signed_out' | 'unapproved' | 'failed'; message: string }

/** Servers of a VPN that a tailnet can be joined with: hundreds, and none is somebody's computer. */
const VPN_SERVERS = '.mullvad.ts.net'

/** What tailscaled says of itself, in our words. */
export function describeStatus(status: Status): TailnetState {
  switch (status.BackendState) {
    case 'Running':
      return {
        state: 'ready',
        // Without an interface of its own (userspace networking) no connection of the system comes from its addresses.
        self: { name: nameOf(status.Self), addresses: status.TUN ? status.TailscaleIPs : [] },
        hasMagicDns: status.CurrentTailnet?.MagicDNSEnabled ?? false,
        peers: Object.values(status.Peer).filter(isComputer).map(describePeer),
      }
    case 'NeedsLogin':
      return { state: 'signed_out', message: 'Tailscale runs, and is not signed in: tailscale up' }
    case 'NeedsMachineAuth':
      return { state: 'unapproved', message: 'Tailscale waits until an admin of the tailnet approves this computer.' }
    case 'Stopped':
      return { state: 'stopped', message: 'Tailscale is switched off: tailscale up' }
    case 'Starting':
    case 'NoState':
      return { state: 'stopped', message: 'Tailscale is about to start.' }
    default:
      return { state: 'failed', message: 'Tailscale is in a state that is not known here.' }
  }
}

function isComputer(peer: PeerStatus): boolean {
  const name = nameOf(peer)
  return name !== '' && peer.ShareeNode !== true && !name.endsWith(VPN_SERVERS)
}

function describePeer(peer: PeerStatus): TailnetPeer {
  const lastSeen = Date.parse(peer.LastSeen)
  return {
    name: nameOf(peer),
    label: peer.HostName,
    os: peer.OS,
    addresses: peer.TailscaleIPs,
    isOnline: peer.Online,
    // A time that is not set is of the year 1.
    ...(lastSeen > 0 ? { lastSeenAt: new Date(lastSeen).toISOString() } : {}),
  }
}

function nameOf({ DNSName: name }: PeerStatus): string {
  return name.replace(/\.$/, '').toLowerCase()
}
