import { once } from 'node:events'
import http from 'node:http'
import net from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { WorkerSuggestions } from '../../contract/desktop/pairing.ts'
import type { TailnetState } from '../../tailnet/tailnet.ts'
import { suggestWorkers } from './suggest-workers.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const NEVER = new AbortController().signal
/** All that is asked here is of this computer, of which nobody is asked whether it is the tailnet. */
const vouchFor = (): Promise<never> => Promise.reject(new Error('Nobody was to be asked.'))
const HEALTH = { status: 'healthy', version: '1.2.3', protocol: '1.0', uptime: 1, docker: 'connected' }

async function listen(server: net.Server, host: string, port = 0): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  closing.push(() => server.close())
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const peer = (name: string, address: string, more: { os?: string; isOnline?: boolean } = {}) => ({
  ...{ name: `${name}.tail1234.ts.net`, label: name, os: 'linux', addresses: [address], isOnline: true },
  ...more,
})

type Ready = Extract<TailnetState, { state: 'ready' }>

function ready(...peers: Ready['peers']): Ready {
  return { state: 'ready', self: { name: 'desk.tail1234.ts.net', addresses: [] }, hasMagicDns: true, peers }
}

/** All that is told, in order. */
async function all(told: AsyncIterable<WorkerSuggestions>): Promise<WorkerSuggestions[]> {
  const lists: WorkerSuggestions[] = []
  for await (const list of told) lists.push(list)
  return lists
}

it('lists those that are online first, asks them once, and names those that are workers already', async () => {
  const asked: (string | undefined)[] = []
  const agent = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    response.end(JSON.stringify(HEALTH))
  })
  const port = await listen(agent, '127.0.0.1')
  const other = http.createServer((_request, response) => void response.end('<h1>It works!</h1>'))
  await listen(other, '127.0.0.3', port)
  const status = ready(
    peer('away', '127.0.0.4', { isOnline: false }),
    peer('tower', '127.0.0.1'),
    peer('nobody', '127.0.0.2'),
    peer('web', '127.0.0.3'),
    peer('phone', '127.0.0.5', { os: 'iOS' }),
  )
  const known = [{ id: 'w-1', label: 'Tower', address: 'http://tower:7391' }]
  const lists = await all(suggestWorkers({ status, known, vouchFor, port }, NEVER))
  expect(lists[0]?.computers.map(({ label, agent: found, worker }) => [label, found, worker])).toEqual([
    ['nobody', 'asking', undefined],
    ['phone', 'none', undefined],
    ['tower', 'asking', 'w-1'],
    ['web', 'asking', undefined],
    ['away', 'unknown', undefined],
  ])
  expect(lists.at(-1)?.computers.map(({ label, agent: found, worker }) => [label, found, worker])).toEqual([
    ['nobody', 'none', undefined],
    ['phone', 'none', undefined],
    ['tower', { version: '1.2.3' }, 'w-1'],
    ['web', 'unknown', undefined],
    ['away', 'unknown', undefined],
  ])
  expect(asked).toEqual(['GET /health undefined'])
})

it('names computers by their addresses in a tailnet that gives them no names', async () => {
  const peers = [
    peer('tower', '100.64.0.7', { isOnline: false }),
    peer('vault', 'fd7a:115c:a1e0::7', { isOnline: false }),
    { ...peer('bare', '', { isOnline: false }), addresses: [] },
  ]
  const status: TailnetState = { ...ready(...peers), hasMagicDns: false }
  const known = [{ id: 'w-1', label: 'Tower', address: 'http://100.64.0.7:7391' }]
  const lists = await all(suggestWorkers({ status, known, vouchFor }, NEVER))
  expect(lists.at(-1)?.computers.map(({ name, worker }) => [name, worker])).toEqual([
    ['bare.tail1234.ts.net', undefined],
    ['100.64.0.7', 'w-1'],
    ['[fd7a:115c:a1e0::7]', undefined],
  ])
})

it('asks few at once, and gives up on those that say nothing', async () => {
  let open = 0
  let most = 0
  const silent = net.createServer((socket) => {
    open += 1
    most = Math.max(most, open)
    socket
      .on('error', () => undefined)
      .on('close', () => {
        open -= 1
      })
  })
  const port = await listen(silent, '127.0.0.1')
  const leaving = new AbortController()
  const status = ready(...Array.from({ length: 20 }, (_, index) => peer(`host${index}`, '127.0.0.1')))
  const suggested = all(suggestWorkers({ status, known: [], vouchFor, port }, leaving.signal))
  await expect.poll(() => open).toBe(6)
  leaving.abort()
  const agents = (await suggested).map(({ computers }) => computers.map(({ agent }) => agent))
  expect(agents[0]).toEqual(Array.from({ length: 20 }, () => 'asking'))
  expect(agents.at(-1)).toEqual(Array.from({ length: 20 }, () => 'unknown'))
  expect(most).toBe(6)
})

it('asks nobody any more when its reader has gone, and tells of one that answers while another says nothing', async () => {
  let open = 0
  const silent = net.createServer((socket) => {
    open += 1
    socket
      .on('error', () => undefined)
      .on('close', () => {
        open -= 1
      })
      // Else the end of it is not read.
      .resume()
  })
  const port = await listen(silent, '127.0.0.1')
  await listen(
    http.createServer((_request, response) => void response.end(JSON.stringify(HEALTH))),
    '127.0.0.3',
    port,
  )
  const status = ready(peer('mute', '127.0.0.1'), peer('tower', '127.0.0.3'))
  for await (const { computers } of suggestWorkers({ status, known: [], vouchFor, port }, NEVER)) {
    const [mute, tower] = computers
    expect(mute?.agent).toBe('asking')
    if (typeof tower?.agent === 'object') break
  }
  await expect.poll(() => open).toBe(0)
})

it.each(['absent', 'stopped', 'signed_out', 'unapproved', 'failed'] as const)(
  'has none where Tailscale is %s',
  async (state) => {
    const status = { state, message: 'Why.' }
    expect(await all(suggestWorkers({ status, known: [], vouchFor }, NEVER))).toEqual([{ state, computers: [] }])
  },
)
