import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import {
  RuntimeError,
  RuntimeEvent,
  RuntimeExecResult,
  RuntimeGitReport,
  RuntimeHealth,
} from '../../../src/contract/runtime/api.ts'
import { RuntimeContainer } from '../../support/runtime-container.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

let runtime: RuntimeContainer

beforeAll(async () => {
  runtime = await RuntimeContainer.booted({ env: { SECRET: 'given' } })
})
afterAll(async () => {
  await runtime[Symbol.asyncDispose]()
})

const exec = (body: unknown, signal?: AbortSignal) =>
  runtime.fetch('/api/v1/exec', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: bearer(),
    ...(signal && { signal }),
  })
const bearer = (token = runtime.token) => ({ authorization: `Bearer ${token}` })
const refusal = async (response: Response) => {
  const { error } = RuntimeError.parse(await response.json())
  return { status: response.status, code: error.code }
}

test('health is told to anybody, everything else to whoever has the token', async () => {
  expect(RuntimeHealth.parse(await (await fetch(`${runtime.url}/health`)).json())).toMatchObject({ status: 'healthy' })
  for (const authorization of ['', 'Bearer', 'Bearer wrong', `Basic ${runtime.token}`, `Bearer ${runtime.token}x`]) {
    for (const path of ['/api/v1/terminals', '/api/v1/git/report', '/nothing']) {
      const response = await fetch(`${runtime.url}${path}`, { headers: { authorization } })
      expect(await refusal(response)).toEqual({ status: 401, code: 'UNAUTHORIZED' })
    }
    const socket = new WebSocket(`${runtime.url.replace('http', 'ws')}/api/v1/ws`, { headers: { authorization } })
    const [error] = await once(socket, 'error')
    expect(String(error)).toContain('401')
  }
  expect(await refusal(await runtime.fetch('/nothing'))).toEqual({ status: 404, code: 'NOT_FOUND' })
  expect(await refusal(await runtime.fetch('/api/v1/terminals/none', { method: 'DELETE', headers: bearer() }))).toEqual(
    {
      status: 404,
      code: 'NOT_FOUND',
    },
  )
})

test('a program runs by its arguments alone, with folder, environment and input', async () => {
  const command = [
    'sh',
    '-c',
    'printf "%s|" "$0" "$@" "$PWD" "$EXTRA" "$SECRET"; cat; echo no >&2; exit 3',
    'a b',
    '$HOME;',
    '*',
  ]
  const response = await exec({ command, cwd: '/tmp', env: { EXTRA: 'x' }, stdin: 'typed' })
  expect(RuntimeExecResult.parse(await response.json())).toEqual({
    exitCode: 3,
    stdout: 'a b|$HOME;|*|/tmp|x|given|typed',
    stderr: 'no\n',
    truncated: false,
  })
})

test('each stream is kept up to 1 MiB, and the program is not held up by the rest', async () => {
  const response = await exec({ command: ['sh', '-c', 'head -c 3000000 /dev/zero | tr "\\0" x; echo end >&2'] })
  const result = RuntimeExecResult.parse(await response.json())
  expect(result).toMatchObject({ exitCode: 0, stderr: 'end\n', truncated: true })
  expect(result.stdout).toHaveLength(1_048_576)
})

test('what a program leaves in the background neither holds up the answer nor is ended', async () => {
  const response = await exec({ command: ['sh', '-c', 'sleep 7300 & echo $!'] })
  const { stdout, exitCode } = RuntimeExecResult.parse(await response.json())
  expect(exitCode).toBe(0)
  expect(await runtime.asRoot(`cat /proc/${stdout.trim()}/comm; kill -KILL ${stdout.trim()}`)).toBe('sleep')
})

test('a program whose time is over is ended with all that it started', async () => {
  const script = 'trap "" TERM HUP; sleep 7401 & setsid sleep 7402 & sleep 7403'
  const response = await exec({ command: ['sh', '-c', script], timeoutSeconds: 0.3 })
  expect(await refusal(response)).toEqual({ status: 408, code: 'TIMEOUT' })
  expect((await runtime.programs()).filter((line) => line.includes('sleep 740'))).toEqual([])
})

test('a program whose caller goes is ended too', async () => {
  const caller = new AbortController()
  const script = 'echo started >/tmp/abort-test; sleep 7501'
  const answer = exec({ command: ['sh', '-c', script] }, caller.signal).catch(() => 'gone')
  await runtime.asRoot('until test -s /tmp/abort-test; do :; done')
  caller.abort()
  expect(await answer).toBe('gone')
  const left = async () => (await runtime.programs()).filter((line) => line.includes('7501'))
  await expect.poll(left).toEqual([])
})

test('what cannot be run is refused', async () => {
  for (const body of [
    { command: ['no-such-program'] },
    { command: [] },
    { command: ['true'], cwd: '/nowhere' },
    { command: ['true'], cwd: 'relative' },
    { command: ['a\0b'] },
    { command: ['true'], env: { 'A=B': 'x' } },
    { command: ['true'], unknown: 1 },
    { command: '/bin/sh' },
    'text',
    null,
  ]) {
    expect(await refusal(await exec(body)), JSON.stringify(body)).toEqual({ status: 400, code: 'BAD_REQUEST' })
  }
  const { error } = RuntimeError.parse(await (await exec({ command: ['echo', 'a\0b'] })).json())
  expect(error.message).toContain('NUL')
  const huge = await exec({ command: ['true'], stdin: 'x'.repeat(20_000_000) }).then(refusal, () => 'cut')
  expect(['cut', { status: 400, code: 'BAD_REQUEST' }]).toContainEqual(huge)
})

test('without git a repository is unknown, and a home without one is clean', async () => {
  const report = async () => RuntimeGitReport.parse(await (await runtime.fetch('/api/v1/git/report')).json())
  expect(await report()).toMatchObject({ clean: true, reasons: [] })
  await exec({ command: ['mkdir', '-p', 'project/.git'] })
  expect(await report()).toMatchObject({
    clean: false,
    reasons: [{ kind: 'unknown', repository: '/home/workspace/workspace/project' }],
  })
})

test('an address that is none is refused, and so is an upgrade to it, to nothing, and without a token', async () => {
  const lines = (path: string, more: string[] = []) =>
    [`GET ${path} HTTP/1.1`, 'host: runtime', ...more, '', ''].join('\r\n')
  const upgrade = ['connection: upgrade', 'upgrade: websocket', `authorization: Bearer ${runtime.token}`]
  const answers = [
    ['400', await closing(lines('//', ['connection: close']))],
    ['400', await closing(lines('//', upgrade))],
    ['404', await closing(lines('/nothing', upgrade))],
    ['401', await closing(lines('/api/v1/ws', upgrade.slice(0, 2)))],
  ]
  for (const [status, answer] of answers) expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*"error"`))
  expect(await refusal(await runtime.fetch('/nothing'))).toMatchObject({ status: 404 })
})

/** Sends `request`, and leaves its own side open: the answer, once the runtime has closed the connection. */
async function closing(request: string): Promise<string> {
  const socket = connect({ port: Number(new URL(runtime.url).port), host: runtime.address, allowHalfOpen: true })
  try {
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.write(request)
    await once(socket, 'end')
    // A side that is not only at its end, but closed, answers the next byte with a reset.
    const reset = once(socket, 'error', { signal: AbortSignal.timeout(5_000) })
    const beat = setInterval(() => socket.write('x'), 20)
    await reset.finally(() => clearInterval(beat))
    return Buffer.concat(chunks).toString()
  } finally {
    socket.destroy()
  }
}

test('listeners hear that the terminals changed', async () => {
  const socket = new WebSocket(`${runtime.url.replace('http', 'ws')}/api/v1/ws`, { headers: bearer() })
  await once(socket, 'open')
  const heard = once(socket, 'message')
  const probe = await TerminalProbe.attach(runtime)
  const [data] = await heard
  expect(RuntimeEvent.parse(JSON.parse(String(data)))).toEqual({ type: 'terminals_changed' })
  const again = once(socket, 'message')
  probe.say({ type: 'close' })
  await again
  socket.terminate()
})
