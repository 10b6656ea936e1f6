import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
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
const DETACH = ['\r', '~', '.']

const ESC = '\u{1b}'
/** What is said below the cursor and taken away again, with what it takes to leave the screen as it was. */
const BELOW = `${ESC}D${ESC}[A${ESC}7${ESC}[B\r${ESC}[2K`

function withoutNotices(text: string): string {
  return text
    .split(BELOW)
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf(`${ESC}8`) + 2)))
    .join('')
}

/** Ends what other tests let go of. */
async function endAll(): Promise<void> {
  const { api } = agent.local()
  for (const { id } of await api.terminals.list({ workspace: alpha })) {
    await api.terminals.close({ workspace: alpha, terminal: id })
  }
  await expect.poll(() => api.terminals.list({ workspace: alpha })).toEqual([])
}

/** The modes of the terminal that `ws` runs on, as another program on it finds them. */
async function modesOf(terminal: WsTerminal): Promise<string> {
  const { stdout } = await promisify(execFile)('stty', ['-a', '-F', `/proc/${terminal.pid}/fd/0`])
  return stdout
}

describe('`ws shell` on a terminal', () => {
  it('is a shell of the size of this terminal, and ends with its exit code', async () => {
    const terminal = open('shell', alpha)
    await terminal.shows('Enter ~ . lets go')
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

  it('lets go by its keys, puts the screen in order, and is found again', async () => {
    const terminal = open('shell', alpha)
    await terminal.shows('$ ')
    terminal.type("kept=yes; printf '\\033[?1049h\\033[?25l\\033[6n''up'\r")
    await terminal.shows('\u{1b}[?25l\u{1b}[6nup')
    for (const key of DETACH) terminal.type(key)
    expect(await terminal.ends()).toBe(0)
    expect(terminal.text.lastIndexOf('\u{1b}[?1049l')).toBeGreaterThan(terminal.text.lastIndexOf('\u{1b}[?1049h'))
    expect(terminal.text).toContain('\u{1b}[?25h')
    const id = /--attach (\S+)/.exec(terminal.text)?.[1] ?? ''
    const again = open('shell', alpha, '--attach', id)
    // What asked where the cursor is has been answered: this terminal would type a second answer into the shell.
    await again.shows('\u{1b}[?25lup')
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
    expect(await terminal.ends()).toBe(5)
    const numbers = withoutNotices(terminal.text)
      .match(/^\d+\r$/gm)
      ?.map(Number)
    expect(numbers).toEqual(Array.from({ length: 24_000 }, (_, index) => index + 1))
    expect(terminal.text).toContain('<typed while away>')
  })

  it('says that the link is lost without touching what a full-screen program shows', async () => {
    const terminal = open(
      'shell',
      alpha,
      '--',
      'sh',
      '-c',
      String.raw`printf '\033[?1049h\033[HFULL'; read line; exit 6`,
    )
    await terminal.shows('FULL')
    const before = terminal.text.length
    await agent.end('SIGKILL')
    await terminal.shows('trying again')
    await agent.launch()
    await terminal.shows('\u{1b}[23;0t')
    const said = terminal.text.slice(before)
    expect(said.startsWith(`${ESC}[22;0t${ESC}]0;`)).toBe(true)
    expect(said.endsWith(`\u{7}${ESC}[23;0t`)).toBe(true)
    expect(said).not.toContain('\n')
    terminal.type('\r')
    expect(await terminal.ends()).toBe(6)
    expect(terminal.text).toContain('\u{1b}[?1049l')
  })

  it.each(['SIGTERM', 'SIGHUP'] as const)('gives the terminal back as it was when it gets %s', async (signal) => {
    const terminal = open('shell', alpha, '--', 'sh', '-c', String.raw`printf '\033[?1049h\033[?2004hup'; sleep 1000`)
    await terminal.shows('up')
    expect(await modesOf(terminal)).toContain('-icanon')
    process.kill(terminal.pid, signal)
    expect(await terminal.ends()).toBe(signal === 'SIGTERM' ? 143 : 129)
    expect(terminal.text).toContain('\u{1b}[?1049l')
    expect(terminal.text).toContain('\u{1b}[?2004l')
  })

  it('takes the terminal over again when it was stopped and goes on', async () => {
    const terminal = open('shell', alpha)
    await terminal.shows('$ ')
    await promisify(execFile)('stty', ['icanon', 'echo', '-F', `/proc/${terminal.pid}/fd/0`])
    process.kill(terminal.pid, 'SIGCONT')
    await expect.poll(() => modesOf(terminal)).toContain('-icanon')
    terminal.type('exit 3\r')
    expect(await terminal.ends()).toBe(3)
  })

  it('lets go by other keys, or by none', async () => {
    const terminal = open('shell', alpha, '--detach-keys', 'ctrl-p,ctrl-q', '--', 'sh', '-c', 'echo ready; cat')
    await terminal.shows('Ctrl-P Ctrl-Q lets go')
    await terminal.shows('ready')
    for (const key of [...DETACH, '\r']) terminal.type(key)
    // Typed, and said by `cat`; the empty line before it may come in between.
    await terminal.shows(/^~\.\r\n(?:\r\n)?~\.\r$/m)
    terminal.type('\u{10}')
    terminal.type('\u{11}')
    expect(await terminal.ends()).toBe(0)
    const id = /--attach (\S+)/.exec(terminal.text)?.[1] ?? ''
    const forever = openIn({ WS_DETACH_KEYS: 'none' }, 'shell', alpha, '--attach', id)
    await forever.shows('~.')
    expect(forever.text).not.toContain('lets go')
    for (const key of DETACH) forever.type(key)
    forever.type(`\r${CTRL_D}`)
    expect(await forever.ends()).toBe(0)
  })

  it('comes back to the only terminal, to one of several, and only to look', async () => {
    await endAll()
    const first = open('shell', alpha, '--', 'sh', '-c', 'echo first; cat')
    await first.shows('first')
    const alone = open('shell', alpha, '--attach')
    await alone.shows('first')
    const second = open('shell', alpha, '--', 'sh', '-c', 'echo second; cat')
    await second.shows('second')
    const list = open('shell', alpha, '--attach')
    await list.shows('Which one? [1–2]')
    list.type('2\r')
    await list.shows(/lets go[\s\S]*(first|second)/)
    const [terminal] = await agent.local().api.terminals.list({ workspace: alpha })
    const looking = open('shell', alpha, '--attach', terminal?.id.slice(0, 8) ?? '', '--read-only')
    await looking.shows('Ctrl-C lets go')
    await looking.shows(/first|second/)
    looking.type('not for it\r')
    looking.type(CTRL_C)
    expect(await looking.ends()).toBe(0)
    expect(looking.text).not.toContain('not for it')
    await endAll()
    const none = open('shell', alpha, '--attach')
    expect(await none.ends()).toBe(1)
    expect(none.text).toContain(`No terminal runs in “${alpha}”.`)
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
