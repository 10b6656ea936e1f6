import { rm } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'

/** A computer of the tailnet that the stand-in is in. */
export interface StandInNode {
  /** A name with dots is of another tailnet, and whole. */
  name: string
  /** What it calls itself; its name, where that is not given. */
  label?: string
  address: string
  login: string
  tags?: string[] | undefined
  isOnline?: boolean
}

export type StandInState = 'Running' | 'Stopped' | 'NeedsLogin' | 'NeedsMachineAuth' | 'Starting'

const SUFFIX = 'tail1234.ts.net'

/**
 * Stands in for tailscaled: its local API on a unix socket, with the answers that it documents (`ipnstate.Status` and
 * `apitype.WhoIsResponse` of tailscale.com), for a tailnet of these computers.
 */
export class StandInTailscaled {
  readonly socketPath: string
  state: StandInState = 'Running'
  /** Whether it takes questions and answers none. */
  isStuck = false
  /** How often somebody wanted to know how it is. */
  timesAsked = 0
  /** The addresses that somebody was asked of, in order. */
  readonly asked: string[] = []
  readonly #server: http.Server
  readonly #self: StandInNode
  readonly #peers: StandInNode[]

  private constructor(socketPath: string, self: StandInNode, peers: StandInNode[]) {
    this.socketPath = socketPath
    this.#self = self
    this.#peers = peers
    this.#server = http.createServer((request, response) => this.#answer(request, response))
  }

  static async start(folder: string, { self, peers }: { self: StandInNode; peers: StandInNode[] }) {
    const standIn = new StandInTailscaled(path.join(folder, 'tailscaled.sock'), self, peers)
    await new Promise<void>((resolve) => standIn.#server.listen(standIn.socketPath, resolve))
    return standIn
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
    await rm(this.socketPath, { force: true })
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (this.isStuck) return
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local-tailscaled.sock')
    // As tailscaled does: a page of a browser that got here has another Host.
    if (request.headers.host !== 'local-tailscaled.sock') response.writeHead(403).end('invalid localapi request')
    else if (pathname === '/localapi/v0/status') this.#tell(response)
    else if (pathname === '/localapi/v0/whois') this.#whois(searchParams.get('addr') ?? '', response)
    else response.writeHead(404).end('404 not found')
  }

  #tell(response: http.ServerResponse): void {
    this.timesAsked += 1
    response.end(JSON.stringify(this.#status()))
  }

  #status(): object {
    const isUp = this.state === 'Running'
    return {
      Version: '1.90.6-t1d6d2d2a3',
      TUN: true,
      BackendState: this.state,
      HaveNodeKey: this.state !== 'NeedsLogin',
      AuthURL: '',
      TailscaleIPs: isUp ? [this.#self.address] : null,
      Self: statusOf(this.#self),
      Health: isUp ? null : ['not signed in'],
      MagicDNSSuffix: isUp ? SUFFIX : '',
      CurrentTailnet: isUp ? { Name: 'example.com', MagicDNSSuffix: SUFFIX, MagicDNSEnabled: true } : null,
      CertDomains: null,
      Peer: isUp ? Object.fromEntries(this.#peers.map((peer) => [`nodekey:${peer.name}`, statusOf(peer)])) : null,
      User: null,
      ClientVersion: null,
    }
  }

  #whois(address: string, response: http.ServerResponse): void {
    this.asked.push(address)
    const ip = address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
    const node = [this.#self, ...this.#peers].find((one) => one.address === ip)
    if (this.state !== 'Running' || node === undefined) {
      response.writeHead(404).end('no match for IP:port')
      return
    }
    const { name, login, tags } = node
    const profile = tags === undefined ? login : 'tagged-devices'
    response.end(
      JSON.stringify({
        Node: { ID: 6_214_578_431_264_112, StableID: 'nKkP1CNTRL', Name: fullNameOf(name), Tags: tags ?? null },
        UserProfile: { ID: 3_127_985_412_653_120, LoginName: profile, DisplayName: profile, Groups: null },
        CapMap: null,
      }),
    )
  }
}

function statusOf({ name, label = name, address, tags, isOnline = true }: StandInNode): object {
  return {
    ID: `n${name}CNTRL`,
    HostName: label,
    DNSName: fullNameOf(name),
    OS: 'linux',
    UserID: 3_127_985_412_653_120,
    TailscaleIPs: [address],
    Tags: tags ?? null,
    LastSeen: isOnline ? '0001-01-01T00:00:00Z' : '2026-01-02T03:04:05Z',
    Online: isOnline,
    InNetworkMap: true,
  }
}

function fullNameOf(name: string): string {
  return name.includes('.') ? `${name}.` : `${name}.${SUFFIX}.`
}
