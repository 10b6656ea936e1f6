import { createHash, randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AgentProcess } from '../../support/agent.ts'
import { newName, WsCommand, ws } from './ws-command.ts'

let agent: AgentProcess
const alpha = newName()
const opened: WsCommand[] = []
beforeAll(async () => {
  agent = await AgentProcess.start()
  await agent.local().api.workspaces.create({ name: alpha })
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})
afterEach(async () => {
  for (const command of opened.splice(0)) command.process.kill('SIGKILL')
  // Nothing of a command stays behind.
  await expect.poll(() => agent.local().api.terminals.list({ workspace: alpha }), { timeout: 30_000 }).toEqual([])
  const { stdout } = await agent.local().api.workspaces.exec({ name: alpha, command: ['ls', '/tmp'] })
  expect(stdout).not.toContain('ws-')
}, 60_000)

/** A run in the workspace whose ends are this test's. */
function open(...command: string[]): WsCommand {
  const opening = new WsCommand(agent, 'shell', alpha, '--', ...command)
  opened.push(opening)
  return opening
}
const run = (command: string[], input: string | Uint8Array = '') => ws(agent, ['shell', alpha, '--', ...command], input)
const sh = (script: string, input: string | Uint8Array = '') => run(['sh', '-c', script], input)
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('a program between pipes', () => {
  it('prints just its output', async () => {
    expect(await run(['echo', 'a  b', "it's", '$HOME'])).toEqual({
      code: 0,
      stdout: Buffer.from("a  b it's $HOME\n"),
      stderr: '',
    })
    expect((await run(['printf', 'x'])).stdout.toString('hex')).toBe('78')
  })

  it('gets and gives every byte as it is', async () => {
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    expect((await run(['cat'], every)).stdout).toEqual(Buffer.from(every))
    const much = randomBytes(3_000_001)
    const { code, stdout } = await run(['cat'], much)
    expect(code).toBe(0)
    expect(digest(stdout)).toBe(digest(much))
    expect((await run(['cat'])).stdout.byteLength).toBe(0)
  })

  it('has errors apart from output, and its exit code', async () => {
    expect(await sh('echo out; echo err >&2; exit 7')).toEqual({
      code: 7,
      stdout: Buffer.from('out\n'),
      stderr: 'err\n',
    })
    expect(await sh('kill -TERM $$')).toMatchObject({ code: 143 })
    expect(await run(['no-such-program'])).toMatchObject({ code: 127 })
  })

  it('finds no terminal', async () => {
    const { stdout } = await sh('for end in 0 1 2; do test -t $end; echo $?; done; (: </dev/tty) 2>/dev/null; echo $?')
    expect(stdout.toString()).toMatch(/^1\n1\n1\n[12]\n$/)
  })

  it('is the shell where none is named, and reads what to do', async () => {
    expect((await ws(agent, ['shell', alpha], 'echo one\npwd -P\nexit 3\n')).stdout.toString()).toBe(
      'one\n/home/workspace/workspace\n',
    )
  })

  it('ends though nobody ends its input, and has it as it comes', async () => {
    const idle = open('echo', 'done')
    expect(await idle.result).toMatchObject({ code: 0, stdout: Buffer.from('done\n') })
    const live = open('cat')
    live.process.stdin.write('first\n')
    await live.says('first')
    live.process.stdin.end('second\n')
    expect((await live.result).stdout.toString()).toBe('first\nsecond\n')
  })

  it('ends when nobody reads its output any more', async () => {
    const flood = open('yes')
    await flood.says('y')
    flood.process.stdout.destroy()
    expect((await flood.result).code).toBe(141)
  })

  it('ends with the command that is asked to end', async () => {
    const sleeping = open('sh', '-c', 'echo ready; exec sleep 4242')
    await sleeping.says('ready')
    sleeping.process.kill('SIGINT')
    expect((await sleeping.result).code).toBe(130)
    expect((await sh("ps -eo args | grep '[s]leep 4242'")).stdout.toString()).toBe('')
  })

  it('goes on through kill -9 of the agent, with every byte once', async () => {
    const script =
      'for part in 1 2 3 4 5 6; do seq $(( (part - 1) * 3000 + 1 )) $(( part * 3000 )); sleep 0.3; done; cat'
    const counting = open('sh', '-c', script)
    const input = randomBytes(500_000)
    counting.process.stdin.write(input.subarray(0, 200_000))
    await counting.says('\n4000\n')
    await agent.end('SIGKILL')
    counting.process.stdin.end(input.subarray(200_000))
    await counting.says('trying again')
    await agent.launch()
    const { code, stdout, stderr } = await counting.result
    const numbers = Array.from({ length: 18_000 }, (_, index) => `${index + 1}\n`).join('')
    expect(code).toBe(0)
    expect(digest(stdout)).toBe(digest(Buffer.concat([Buffer.from(numbers), input])))
    expect(stderr).toContain('Connected again.')
  })
})
