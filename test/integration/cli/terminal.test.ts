import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AgentProcess } from '../../support/agent.ts'
import { newName, WsTerminal } from './ws-command.ts'

let agent: AgentProcess
const alpha = newName()
const beta = newName()
const gamma = newName()
const delta = newName()
const opened: WsTerminal[] = []
beforeAll(async () => {
  agent = await AgentProcess.start()
  await agent.local().api.workspaces.create({ name: alpha })
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})
afterEach(() => {
  for (const terminal of opened.splice(0)) terminal.dispose()
})

function open(...args: string[]): WsTerminal {
  return openIn({}, ...args)
}

function openIn(environment: NodeJS.ProcessEnv, ...args: string[]): WsTerminal {
  const { NO_COLOR: _none, FORCE_COLOR: _some, ...inherited } = agent.environment()
  const terminal = new WsTerminal({ environment: () => ({ ...inherited, ...environment }) }, ...args)
  opened.push(terminal)
  return terminal
}

const CTRL_C = '\u{3}'
const CTRL_D = '\u{4}'
const DETACH = '\u{1d}'

describe('`ws shell` on a terminal', () => {
  it('is a shell of the size of this terminal, and ends with its exit code', async () => {
    const terminal = open('shell', alpha)
    await terminal.shows('Ctrl-] lets go')
    await terminal.shows('$ ')
    terminal.type('stty size; tty\r')
    await terminal.shows(/^24 80\r$/m)
    await terminal.shows(/^\/dev\/pts\/\d+\r$/m)
    terminal.resize(101, 33)
    terminal.type('until [ "$(stty size)" = "33 101" ]; do :; done; echo resized\r')
    await terminal.shows(/^resized\r$/m)
    terminal.type("sh -c 'echo started; exec sleep 1000'\r")
    await terminal.shows(/^started\r$/m)
    terminal.type(CTRL_C)
    await terminal.shows('^C')
    terminal.type('exit 42\r')
    expect(await terminal.ends()).toBe(42)
    expect(await agent.local().api.terminals.list({ workspace: alpha })).toEqual([])
  })

  it('runs one program, and ends as a shell does where a signal ended it', async () => {
    const terminal = open('shell', alpha, '--', 'sh', '-c', 'test -t 1 && kill -KILL $$')
    expect(await terminal.ends()).toBe(137)
  })

  it('changes no byte on its way to the screen', async () => {
    const terminal = open('shell', alpha, '--', 'sh', '-c', String.raw`stty -opost; printf '[a\nb\r\nc\033[1m]'`)
    expect(await terminal.ends()).toBe(0)
    expect(terminal.text).toContain('[a\nb\r\nc\u{1b}[1m]')
  })

  it('lets go by Ctrl-], puts the screen in order, and is found again', async () => {
    const terminal = open('shell', alpha)
    await terminal.shows('$ ')
    terminal.type("kept=yes; printf '\\033[?1049h\\033[?25l''up'\r")
    await terminal.shows('\u{1b}[?25lup')
    terminal.type(DETACH)
    expect(await terminal.ends()).toBe(0)
    expect(terminal.text.lastIndexOf('\u{1b}[?1049l')).toBeGreaterThan(terminal.text.lastIndexOf('\u{1b}[?1049h'))
    expect(terminal.text).toContain('\u{1b}[?25h')
    const id = /--attach (\S+)/.exec(terminal.text)?.[1] ?? ''
    const again = open('shell', alpha, '--attach', id)
    await again.shows('up')
    again.type('clear; echo "kept: $kept"; exit\r')
    await again.shows('kept: yes')
    expect(await again.ends()).toBe(0)
  })

  it('goes on through kill -9 of the agent in the middle of a seq, with every line once', async () => {
    const script =
      'for part in 1 2 3 4 5 6 7 8; do seq $(( (part - 1) * 3000 + 1 )) $(( part * 3000 )); sleep 0.3; done; read line; echo "<$line>"; exit 5'
    const terminal = open('shell', alpha, '--', 'bash', '-c', script)
    await terminal.shows('\n4000\r\n')
    await agent.end('SIGKILL')
    await terminal.shows('trying again')
    terminal.type('typed while away\r')
    await agent.launch()
    await terminal.shows('Connected again.')
    expect(await terminal.ends()).toBe(5)
    const numbers = terminal.text.match(/^\d+\r$/gm)?.map(Number)
    expect(numbers).toEqual(Array.from({ length: 24_000 }, (_, index) => index + 1))
    expect(terminal.text).toContain('<typed while away>')
  })

  it('says that the workspace was stopped', async () => {
    await agent.local().api.workspaces.create({ name: beta })
    const terminal = open('shell', beta)
    await terminal.shows('$ ')
    await agent.local().api.workspaces.stop({ name: beta })
    expect(await terminal.ends()).toBe(1)
    expect(terminal.text).toMatch(/ws: .*(stopped|not running)/)
  })
})

describe('what `ws` asks and shows on a terminal', () => {
  it('deletes work only when its name is typed', async () => {
    const { api } = agent.local()
    await api.workspaces.create({ name: gamma })
    await api.workspaces.exec({ name: gamma, command: ['sh', '-c', 'git init -q . && touch work'] })
    const answers: [string, number][] = [
      ['y\r', 1],
      [CTRL_D, 1],
      [CTRL_C, 130],
      [`${gamma}\r`, 0],
    ]
    for (const [answer, code] of answers) {
      const terminal = open('delete', gamma)
      await terminal.shows('1 file not in git')
      await terminal.shows('Type the name of the workspace')
      terminal.type(answer)
      expect(await terminal.ends()).toBe(code)
      expect((await api.workspaces.list()).some(({ name }) => name === gamma)).toBe(code !== 0)
    }
  })

  it('shows steps that move, in colours, and says that making goes on when it is left', async () => {
    const terminal = open('start', delta)
    await terminal.shows('… Starting it')
    await terminal.shows('\u{1b}[32m✓\u{1b}[39m Reserving ports')
    terminal.type(CTRL_C)
    expect(await terminal.ends()).toBe(130)
    expect(terminal.text).toContain(`ws cancel ${delta}`)
    const { api } = agent.local()
    await expect.poll(async () => (await api.workspaces.get({ name: delta })).status).toBe('running')
  })

  it('has colours where they may be, and none where nobody wants them', async () => {
    const colourful = open('list')
    expect(await colourful.ends()).toBe(0)
    expect(colourful.text).toContain('\u{1b}[32mrunning')
    const plain = openIn({ NO_COLOR: '1' }, 'list')
    expect(await plain.ends()).toBe(0)
    expect(plain.text).toContain('running')
    expect(plain.text).not.toContain('\u{1b}')
  })
})
