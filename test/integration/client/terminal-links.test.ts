import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linkStateOf } from '../../../src/client/terminal/link-state.ts'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
import { LinkProxy } from '../../support/link-proxy.ts'
import { TerminalScreen } from '../../support/terminal-screen.ts'

/** Ends a test that hangs; when a link has to be found dead is what the unit tests of `liveness.ts` say. */
const LIMIT_MS = 60_000

let agent: AgentProcess
let token: string
const alpha = uniqueName('alpha')
beforeAll(async () => {
  agent = await AgentProcess.start()
  await agent.local().api.workspaces.create({ name: alpha })
  token = (await agent.pair()).token
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

/** A terminal over a link of its own. */
interface Opened extends AsyncDisposable {
  screen: TerminalScreen
  link: LinkProxy
}

async function open(...command: string[]): Promise<Opened> {
  const link = await LinkProxy.start(() => agent.port)
  const screen = new TerminalScreen(agent.remote(token, link), { workspace: alpha, create: { command } })
  return {
    screen,
    link,
    [Symbol.asyncDispose]: async () => {
      screen.client.dispose()
      await link[Symbol.asyncDispose]()
    },
  }
}

/** Counts, a number a line, until it has got a hundred lines, whose sum it tells at the end. */
const COUNT_AND_LISTEN = [
  'bash',
  '-c',
  `stty -echo -opost
   (i=0; while :; do i=$((i + 1)); echo $i; [ $((i % 250)) != 0 ] || sleep 0.05; done) & counter=$!
   sum=$(head -n 100 | md5sum); kill $counter; wait; echo "$sum"; echo over`,
]
const typedLines = Array.from({ length: 100 }, (_, line) => `line ${line}\n`)

/** Types a hundred lines, five at each call of the returned function. */
function typist(screen: TerminalScreen): { some(): void; rest(): void } {
  const left = [...typedLines]
  return {
    some: () => {
      for (const line of left.splice(0, 5)) screen.type(line)
    },
    rest: () => {
      for (const line of left.splice(0)) screen.type(line)
    },
  }
}

/** How far it has counted. */
const count = ({ text }: TerminalScreen): number => text.split('\n').length

async function untilCounted(screen: TerminalScreen, more: number): Promise<void> {
  const before = count(screen)
  await screen.until((now) => count(now) >= before + more, LIMIT_MS)
}

async function expectWhole(screen: TerminalScreen): Promise<void> {
  await screen.until(({ client }) => client.state.status === 'exited', LIMIT_MS)
  const [over, sum, ...numbers] = screen.text.trimEnd().split('\n').reverse()
  expect(over).toBe('over')
  expect(sum).toBe(`${createHash('md5').update(typedLines.join('')).digest('hex')}  -`)
  expect(numbers.reverse()).toEqual(numbers.map((_, index) => String(index + 1)))
}

// Most of their time they wait for a link to be found dead.
describe.concurrent('a terminal over a bad link', () => {
  it('is whole, both ways, over a link that is cut again and again', async () => {
    await using opened = await open(...COUNT_AND_LISTEN)
    const { screen, link } = opened
    const { some, rest } = typist(screen)
    for (let cuts = 1; cuts <= 6; cuts += 1) {
      await untilCounted(screen, 500)
      some()
      link.cut()
      some()
      await screen.until(({ client }) => client.state.status === 'reconnecting', LIMIT_MS)
      link.mend()
      screen.client.retryNow()
    }
    rest()
    await expectWhole(screen)
  })

  it('is whole over a slow link, whose round trip is told', async () => {
    await using opened = await open('bash', '-c', 'stty -echo; echo ready; head -n 100 | md5sum; seq 20000')
    const { screen, link } = opened
    link.delayMs = 150
    await screen.until(({ text }) => text.includes('ready'), LIMIT_MS)
    await screen.until(({ client }) => (client.health.roundTripMs ?? 0) >= 300, LIMIT_MS)
    expect(linkStateOf(screen.client.state, { ...screen.client.health, roundTripMs: 450 })).toBe('slow')
    typist(screen).rest()
    await screen.until(({ client }) => client.state.status === 'exited', LIMIT_MS)
    const sum = createHash('md5').update(typedLines.join('')).digest('hex')
    expect(screen.text).toContain(`${sum}  -\r\n1\r\n`)
    expect(screen.text.endsWith('\r\n19999\r\n20000\r\n')).toBe(true)
  })

  // In both directions it is also a change of address: the agent holds the old connection for alive.
  it.each([['up'], ['down'], ['up', 'down']] as const)(
    'that falls silent (%s %s) is found dead, and nothing is lost or doubled',
    async (...ways) => {
      await using opened = await open(...COUNT_AND_LISTEN)
      const { screen, link } = opened
      const { some, rest } = typist(screen)
      await untilCounted(screen, 1000)
      some()
      link.silence(...ways)
      some()
      await screen.until(({ client }) => client.state.status === 'reconnecting', LIMIT_MS)
      link.mend()
      rest()
      await expectWhole(screen)
    },
  )

  it('is found dead where there is a reason to look, and is live again after it', async () => {
    await using opened = await open('sleep', '1000')
    const { screen, link } = opened
    await screen.until(({ client }) => client.health.roundTripMs !== undefined, LIMIT_MS)
    link.silence('up', 'down')
    screen.client.retryNow()
    await screen.until(({ client }) => client.state.status === 'reconnecting', LIMIT_MS)
    link.mend()
    await screen.until(({ client }) => client.state.status === 'live', LIMIT_MS)
    screen.client.close()
    await screen.until(({ client }) => client.state.status === 'exited', LIMIT_MS)
  })

  it('whoever vanishes while nothing happens is found gone by the agent: another one alone has the size, and answers what programs ask', async ({
    expect,
  }) => {
    await using opened = await open('sh', '-c', 'stty -echo; while sleep 0.5; do printf "\\033[6n"; done')
    const { screen: gone, link } = opened
    await gone.until(({ client }) => client.state.status === 'live', LIMIT_MS)
    const unanswered: string[] = []
    using cleanUp = new DisposableStack()
    const left = new TerminalScreen(agent.local(), {
      ...{ workspace: alpha, terminal: gone.client.id, cols: 200, rows: 50 },
      onOutput: (bytes, parsed, isAnswered) => {
        if (!isAnswered) unanswered.push(Buffer.from(bytes).toString())
        parsed()
      },
    })
    cleanUp.defer(() => left.client.dispose())
    await left.until(({ client }) => client.health.clients === 2, LIMIT_MS)
    gone.type('\n')
    await gone.until(({ bytes }) => bytes.includes('\x1b[6n'), LIMIT_MS)
    expect(unanswered).toEqual([])
    link.silence('up', 'down')
    await left.until(({ client }) => client.health.clients === 1, LIMIT_MS)
    await left.until(({ client }) => client.health.cols === 200 && client.health.rows === 50, LIMIT_MS)
    await expect.poll(() => unanswered.length, { timeout: LIMIT_MS }).toBeGreaterThan(0)
  })
})

describe('the agent', () => {
  it('may be killed and started five times while a program prints and a person types', async () => {
    await using opened = await open(...COUNT_AND_LISTEN)
    const { screen } = opened
    const { some, rest } = typist(screen)
    for (let kills = 1; kills <= 5; kills += 1) {
      await untilCounted(screen, 500)
      some()
      await agent.end('SIGKILL')
      await screen.until(({ client }) => client.state.status === 'reconnecting', LIMIT_MS)
      await agent.launch()
      // The first time it comes back by itself, after its wait.
      if (kills > 1) screen.client.retryNow()
      await screen.until(({ client }) => client.state.status === 'live', LIMIT_MS)
    }
    rest()
    await expectWhole(screen)
  })
})
