import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROTOCOL_VERSION } from '../../../src/contract/version.ts'
import { containerName } from '../../../src/domain/engine-names.ts'
import { CoreFixture, run, until } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

const NAME = 'guarded'
/** SIGUSR1 in the masks of `/proc/<pid>/status`. */
const SIGUSR1 = 1n << 9n

/** Answers as a runtime does, as far as one can without its token, and writes down what it is sent. */
const IMPOSTOR = `
  const impostor = require('node:http').createServer((request, response) => {
    require('node:fs').appendFileSync('/tmp/seen', request.url + ' ' + JSON.stringify(request.headers) + '\\n')
    const health = { status: 'healthy', version: '1', protocol: '${PROTOCOL_VERSION}', uptime: 1, terminals: 0 }
    const identity = { proof: '${'0'.repeat(64)}', port: 3002, user: 'workspace', version: '1' }
    response.end(JSON.stringify(request.url === '/health' ? health : identity))
  })
  const claim = () => impostor.listen(3002, () => require('node:fs').writeFileSync('/tmp/seen', ''))
  impostor.on('error', () => setTimeout(claim, 20))
  claim()
`
const IMPOSTOR_COMMAND = `printf %s '${Buffer.from(IMPOSTOR).toString('base64')}' | base64 -d > /tmp/impostor.cjs
  node=$(ls -d /opt/berth/*/bin/node | head -n 1)
  "$node" /tmp/impostor.cjs > /dev/null 2>&1 &
  until test -f /tmp/seen; do :; done`

describe('the runtime against the user of its workspace', () => {
  let fixture: CoreFixture
  beforeAll(async () => {
    fixture = await CoreFixture.start()
    await fixture.core.workspaces.create({ name: NAME })
  })
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]()
  })

  const inside = (script: string): Promise<string> => run(fixture.core, NAME, 'sh', '-c', script)
  const pid = async (): Promise<string> => (await inside('pgrep -f "^/opt/berth/.*runtime.cjs$"')).trim()

  it('opens no inspector when it is sent the signal that asks Node for one', async () => {
    const before = await pid()
    // Asked for two seconds: an inspector that opens does so within milliseconds.
    const ask = 'curl --silent --retry 2 --retry-connrefused --retry-delay 1 http://127.0.0.1:9229/json/list'
    expect(await inside(`kill -USR1 ${before}; ${ask}; echo $?`)).toBe('7\n')
    expect(await pid()).toBe(before)
  })

  it('is not mistaken for another program that has its port, and that one is shown no token', async () => {
    await fixture.stopCore()
    await docker('exec', containerName(NAME), 'sh', '-c', `pkill -KILL -f 'runtime[.]cjs$'; ${IMPOSTOR_COMMAND}`)
    const seen = async (): Promise<string> => await docker('exec', containerName(NAME), 'cat', '/tmp/seen')
    const core = await fixture.startCore()
    await until(core, () => core.workspaces.get(NAME).runtime?.status === 'unreachable')
    expect(await seen()).toContain('/api/v1/identity')
    expect((await seen()).toLowerCase()).not.toContain('authorization')
    await docker('exec', containerName(NAME), 'pkill', '-f', 'impostor[.]cjs$')
    await until(core, () => core.workspaces.get(NAME).runtime?.status === 'ready')
    expect((await inside('hostname')).trim()).toBe(NAME)
  })

  it('leaves that signal to the programs that it starts, in terminals and out of them', async () => {
    const masks = ['grep', '-E', '^Sig(Blk|Ign)', '/proc/self/status']
    const { host, port, token } = await fixture.core.workspaces.runtimeEndpoint(NAME)
    const terminal = await TerminalProbe.attach(
      { url: `http://${host}:${port}`, token },
      { create: { command: masks } },
    )
    await terminal.untilClosed()
    for (const status of [terminal.text, await run(fixture.core, NAME, ...masks)]) {
      const found = [...status.matchAll(/^Sig(?:Blk|Ign):\s+([0-9a-f]+)/gm)].map(([, mask]) => BigInt(`0x${mask}`))
      expect(found.map((mask) => mask & SIGUSR1)).toEqual([0n, 0n])
    }
  })
})
