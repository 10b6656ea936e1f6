import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { runtimeTokenOf } from '../../src/agent/store/secret.ts'
import { AgentInfo } from '../../src/contract/agent/info.ts'
import { containerName } from '../../src/domain/engine-names.ts'
import { AgentProcess, uniqueName } from '../support/agent.ts'
import { describeWhere } from '../support/describe-where.ts'
import { docker } from '../support/docker-inspect.ts'
import { TailnetComputers, tailnetComputersProblem } from '../support/tailnet-computers.ts'
import { type StandInNode, StandInTailscaled } from '../support/tailscaled.ts'

const OWNER = 'me@example.com'
const users = { [OWNER]: 'operate' }
const CALLS = ['info', 'workspaces/list', 'config/credentials/get', 'clients/list'] as const

/** Asks over a connection that bash makes: host, port, what is sent. */
const ASK = 'exec 3<>"/dev/tcp/$0/$1" && printf "%s" "$2" >&3 && timeout 20 cat <&3'

/** An agent on an address of the tailnet. */
interface Face {
  agent: AgentProcess
  address: string
  tailscaled: StandInTailscaled
}

const hostile = uniqueName('hostile')
/** The computer that the workspace runs on, and another one of the same owner. */
let [own, other]: [Face | undefined, Face | undefined] = [undefined, undefined]
/** What Tailscale would say of the workspace's address, could it be in a tailnet. */
const itself: StandInNode = { name: 'workspace', address: '', login: OWNER }

function faces(): { own: Face; other: Face } {
  if (own === undefined || other === undefined) throw new Error('The agents were not started.')
  return { own, other }
}

/** What an agent answers to a program in the workspace; status 0, where it does not. */
async function askFromInside(
  { agent, address }: Face,
  { at, headers = {} }: { at: string; headers?: Record<string, string> },
): Promise<{ status: number; text: string }> {
  const all = { host: `${address}:${agent.port}`, connection: 'close', 'content-length': '2', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  const sent = [`POST ${at} HTTP/1.1`, ...lines, '', '{}'].join('\r\n')
  const command = ['bash', '-c', ASK, address, String(agent.port), sent]
  const { stdout } = await faces().own.agent.local().api.workspaces.exec({ name: hostile, command })
  const [head = '', text = ''] = stdout.split('\r\n\r\n')
  return { status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? 0), text }
}

/** The statuses of calls of every scope. */
const statuses = (face: Face, headers: Record<string, string> = {}): Promise<number[]> =>
  Promise.all(CALLS.map(async (call) => (await askFromInside(face, { at: `/rpc/${call}`, headers })).status))

/** The token of the workspace's service, which its own programs can read. */
async function runtimeToken(): Promise<string> {
  const { agent } = faces().own
  const { id } = await agent.local().api.workspaces.get({ name: hostile })
  return runtimeTokenOf(new Uint8Array(await readFile(path.join(agent.configDir, 'secret'))), id)
}

const problem = await tailnetComputersProblem()

describeWhere(problem, 'a workspace whose computer is in a tailnet', () => {
  beforeAll(async () => {
    const made = new AsyncDisposableStack()
    const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
    made.defer(() => rm(folder, { recursive: true }))
    const tailnet = made.use(await TailnetComputers.make(1))
    const [computer] = tailnet.computers
    if (computer === undefined) throw new Error('There is no other computer.')
    const desk = { name: 'desk', address: tailnet.address, login: OWNER }
    const studio = { name: 'studio', address: computer.address, login: OWNER }
    const start = async (
      [self, ...peers]: [StandInNode, ...StandInNode[]],
      through?: readonly [string, ...string[]],
    ): Promise<Face> => {
      const tailscaled = made.use(
        await StandInTailscaled.start(await mkdtemp(path.join(folder, 'at-')), { self, peers }),
      )
      const config = { access: { tailnet: { users, socketPath: tailscaled.socketPath } } }
      const agent = made.use(await AgentProcess.start({ config, ...(through === undefined ? {} : { through }) }))
      return { agent, address: self.address, tailscaled }
    }
    own = await start([desk, studio, itself])
    other = await start([studio, desk], computer.through)
    await own.agent.local().api.workspaces.create({ name: hostile })
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
    itself.address = await docker('inspect', '--format', format, containerName(hostile))
    return () => made.disposeAsync()
  })

  it('reaches the agents at their addresses of the tailnet, so that what is refused below is not merely out of reach', async () => {
    for (const face of Object.values(faces())) {
      await expect.poll(async () => (await askFromInside(face, { at: '/pair' })).status).toBe(400)
    }
  })

  it('is nobody to its own computer: with no token, with its own, by a claim, and where Tailscale would name it', async () => {
    const face = faces().own
    const nobody = CALLS.map(() => 401)
    expect(await statuses(face)).toEqual(nobody)
    expect(await statuses(face, { authorization: `Bearer ${await runtimeToken()}` })).toEqual(nobody)
    expect(await statuses(face, { 'tailscale-user-login': OWNER, 'x-forwarded-for': '100.64.0.7' })).toEqual(nobody)
    expect(face.tailscaled.asked).toEqual([])
  })

  it('is its owner to another computer that names the owner, as documented, with `operate` and no more', async () => {
    const face = faces().other
    expect(await statuses(face)).toEqual([200, 200, 200, 403])
    const { text } = await askFromInside(face, { at: '/rpc/info' })
    const { identity } = AgentInfo.parse(JSON.parse(text).json)
    expect(identity).toMatchObject({ kind: 'tailnet', name: OWNER, scope: 'operate' })
    expect(await statuses(face, { authorization: `Bearer ${await runtimeToken()}` })).toEqual(CALLS.map(() => 401))
  })

  it('is nobody to that computer either, once it names nobody', async () => {
    const face = faces().other
    const { clients } = face.agent.local().api
    const [owner] = await clients.list()
    await clients.revoke({ id: owner?.id ?? '' })
    await expect.poll(() => statuses(face)).toEqual(CALLS.map(() => 401))
  })
})
