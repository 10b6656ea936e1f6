import { Writable } from 'node:stream'
import { CommanderError } from 'commander'
import { expect, it } from 'vitest'
import { CliFailure } from './cli-failure.ts'
import { type AgentFlags, asksForJson, createProgram } from './program.ts'

/** Takes words as the command line; nothing of it reaches an agent. */
async function take(...words: string[]): Promise<{ printed: string; flags: AgentFlags | undefined; failure: unknown }> {
  let printed = ''
  let flags: AgentFlags | undefined
  const stream = Object.assign(
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        printed += chunk.toString()
        done()
      },
    }),
    { isTTY: false },
  )
  const streams = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }
  Object.assign(streams, { stdout: stream, stderr: stream })
  const program = createProgram({
    version: '1.2.3',
    streams,
    exitWith: () => undefined,
    withWorker: () => Promise.reject(new Error('the worker was asked')),
    runAgent: (asked) => {
      flags = asked
      return Promise.resolve(0)
    },
  })
  const failure: unknown = await program.parseAsync(words, { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  )
  return { printed, flags, failure }
}

it('hands the flags of the agent on', async () => {
  expect((await take('--agent', '--port', '0', '--host', '::1', '--no-auth')).flags).toMatchObject({
    port: 0,
    host: '::1',
    auth: false,
  })
  expect((await take('--agent')).flags).toMatchObject({ auth: true })
})

it.each([
  [['nosuch'], 'There is no command “nosuch”.', 'ws --help'],
  [['shel'], 'There is no command “shel”.', 'Did you mean: ws shell? '],
  [['list', '--jsn'], "Unknown option '--jsn'.", 'Did you mean --json? See how it is used: ws list --help'],
  [['list', 'more'], /^Too many arguments/, 'ws list --help'],
  [['start'], "Missing required argument 'name'.", 'ws start --help'],
  [['agent', 'clients', 'revoke'], "Missing required argument 'id'.", 'ws agent clients revoke --help'],
  [['shell', 'name', '-x'], "Unknown option '-x'.", 'ws shell --help'],
])('%j is told once, with the way to its help', async (words, message, help) => {
  const { printed, failure } = await take(...words)
  expect(printed).toBe('')
  expect(failure).toBeInstanceOf(CliFailure)
  expect(failure).toMatchObject({ message: expect.stringMatching(message), hint: expect.stringContaining(help) })
})

it.each([
  [['--scope', 'operate'], '--days'],
  [['--days', '1'], '--scope'],
  [['--scope', 'root', '--days', '1'], '“root” is not a scope.'],
  [['--scope', 'read', '--days', '0'], '“0” is not a number of days.'],
  [['--scope', 'read', '--days', '3651'], '“3651” is not a number of days.'],
])('a token with %j is refused', async (words, reason) => {
  const { failure } = await take('agent', 'token', 'add', 'ci', ...words)
  expect(failure).toMatchObject({ name: 'CliFailure', message: expect.stringContaining(reason) })
})

it('takes all after -- as the program of a shell', async () => {
  expect((await take('shell', 'name', '--', 'git', 'log', '--', '-x', '--help')).failure).toMatchObject({
    message: 'the worker was asked',
  })
})

it.each([['--help'], ['help'], ['help', 'start'], ['--version'], ['shell', '--help'], ['agent', 'pair', '-h']])(
  '%s %s prints',
  async (...words) => {
    const { printed, failure } = await take(...words)
    expect(printed).not.toBe('')
    expect(failure).toBeInstanceOf(CommanderError)
  },
)

it('knows from the words alone whether JSON is asked for', () => {
  expect(asksForJson(['list', '--json'])).toBe(true)
  expect(asksForJson(['delete', 'name', '--json', '--force'])).toBe(true)
  expect(asksForJson(['list'])).toBe(false)
  expect(asksForJson(['shell', 'name', 'program', '--json'])).toBe(false)
  expect(asksForJson(['start', '--', '--json'])).toBe(false)
})
