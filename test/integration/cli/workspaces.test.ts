import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { LogLine } from '../../../src/contract/agent/log-line.ts'
import { WorkspaceStats } from '../../../src/contract/agent/stats.ts'
import { TemplateInfo } from '../../../src/contract/agent/templates.ts'
import { DeletionReport, WorkspaceInfo } from '../../../src/contract/agent/workspace.ts'
import { AgentProcess } from '../../support/agent.ts'
import { newName, WsCommand, ws } from './ws-command.ts'

let agent: AgentProcess
const alpha = newName()
const beta = newName()
beforeAll(async () => {
  agent = await AgentProcess.start({ environment: { PLANTED: 'value' } })
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const Failure = z.strictObject({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
})
const parse = (text: string | Buffer): unknown => JSON.parse(text.toString())

describe('the life of a workspace by `ws`', () => {
  // A dozen programs, one after the other.
  it('begins with its steps, is listed, stops, starts, and ends', async () => {
    expect((await ws(agent, ['list'])).stdout.toString()).toContain('ws start <name>')
    expect(parse((await ws(agent, ['list', '--json'])).stdout)).toEqual([])

    const made = await ws(agent, ['start', alpha, '--memory', '256m', '--cpus', '0.5', '-e', 'PLANTED'])
    expect(made).toMatchObject({ code: 0, stdout: Buffer.alloc(0) })
    const steps = made.stderr.match(/^✓ .* \d+\.\d s$/gm)
    expect(steps).toHaveLength(5)
    expect(made.stderr).toContain(`ws shell ${alpha}`)

    const listed = z.array(WorkspaceInfo).parse(parse((await ws(agent, ['list', '--json'])).stdout))
    expect(listed).toMatchObject([
      { name: alpha, status: 'running', resources: { memoryBytes: 268_435_456, cpus: 0.5 } },
    ])
    const lines = (await ws(agent, ['list'])).stdout.toString().split('\n')
    expect(lines[0]).toMatch(/^NAME +STATUS +TEMPLATE +PORTS +AGE$/)
    expect(lines[1]).toMatch(/^cli-\w+ +running +base +ssh \d+, http \d+ +\d/)
    expect(lines[1]?.indexOf('running')).toBe(lines[0]?.indexOf('STATUS'))

    expect((await ws(agent, ['shell', alpha, '--', 'printenv', 'PLANTED'])).stdout.toString()).toBe('value\n')
    expect((await ws(agent, ['logs', alpha, '--tail', '2'])).stdout.toString().trimEnd().split('\n')).toHaveLength(2)

    expect(await ws(agent, ['stop', alpha])).toMatchObject({
      code: 0,
      stderr: `“${alpha}” is stopped. Its files are kept.\n`,
    })
    const refused = await ws(agent, ['shell', alpha, '--', 'true'])
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.stderr).toContain(`ws start ${alpha}`)

    const started = await ws(agent, ['start', alpha, '--json'])
    expect(started).toMatchObject({ code: 0, stderr: '' })
    expect(WorkspaceInfo.parse(parse(started.stdout))).toMatchObject({ name: alpha, status: 'running' })
    expect(await ws(agent, ['start', alpha])).toMatchObject({ code: 0 })

    const rebuilt = await ws(agent, ['rebuild', alpha, '--json'])
    expect(WorkspaceInfo.parse(parse(rebuilt.stdout))).toMatchObject({ name: alpha, status: 'running' })

    expect(parse((await ws(agent, ['delete', alpha, '--json'])).stdout)).toEqual({ success: true })
    expect(parse((await ws(agent, ['list', '--json'])).stdout)).toEqual([])
  })

  it('can be made from what is listed', async () => {
    const listed = z.array(TemplateInfo).parse(parse((await ws(agent, ['templates', '--json'])).stdout))
    expect(listed.map(({ name }) => name)).toEqual(['base', 'bun-typescript', 'python', 'go'])
    expect((await ws(agent, ['templates'])).stdout.toString()).toMatch(/^NAME +FROM +DESCRIPTION\nbase +Berth +Debian/)
  })

  it('does not end where work would be lost, unless told to', async () => {
    await ws(agent, ['start', beta])
    await ws(agent, ['shell', beta, '--', 'sh', '-c', 'git init -q thing && touch thing/work'])
    const refused = await ws(agent, ['delete', beta])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('1 file not in git')
    expect(refused.stderr).toContain('--force')
    const told = await ws(agent, ['delete', beta, '--json'])
    expect(told).toMatchObject({ code: 1, stdout: Buffer.alloc(0) })
    const { error } = Failure.parse(parse(told.stderr))
    expect(error.code).toBe('PRECONDITION_FAILED')
    expect(
      z.object({ error: z.object({ report: DeletionReport }) }).parse(parse(told.stderr)).error.report,
    ).toMatchObject({
      clean: false,
      reasons: [{ kind: 'untracked', count: 1 }],
    })
    expect(await ws(agent, ['delete', beta, '--force'])).toMatchObject({ code: 0 })
    expect(Failure.parse(parse((await ws(agent, ['stop', beta, '--json'])).stderr)).error.code).toBe('NOT_FOUND')
  })
})

describe('what a workspace uses and prints', () => {
  const gamma = newName()

  it('is told once, or as it comes', async () => {
    expect((await ws(agent, ['stats'])).stderr).toContain('No workspace is running.')
    await ws(agent, ['start', gamma])
    const [sample] = z.array(WorkspaceStats).parse(parse((await ws(agent, ['stats', gamma, '--json'])).stdout))
    expect(sample).toMatchObject({ workspace: gamma })
    expect(sample?.memory?.usedBytes).toBeGreaterThan(0)
    const lines = (await ws(agent, ['stats'])).stdout.toString().split('\n')
    expect(lines[0]).toMatch(/^NAME +CPU +MEMORY +NETWORK IN +NETWORK OUT +PROCESSES$/)
    expect(lines[1]).toMatch(new RegExp(`^${gamma} +\\d`))

    const following = new WsCommand(agent, 'logs', '-f', gamma, '--json')
    const unread = new WsCommand(agent, 'logs', '-f', gamma)
    await Promise.all([following.says('allocate done'), unread.says('allocate done')])
    unread.process.stdout.destroy()
    await ws(agent, ['shell', gamma, '--', 'sudo', 'sh', '-c', 'echo from-inside > /proc/1/fd/1'])
    await following.says('from-inside')
    expect(await unread.result).toMatchObject({ code: 141, stderr: '' })
    await ws(agent, ['delete', gamma, '--force'])
    const { code, stdout } = await following.result
    expect(code).toBe(0)
    const told = stdout.toString().trimEnd().split('\n')
    expect(told.map((line) => LogLine.parse(parse(line)))).toContainEqual(
      expect.objectContaining({ source: 'container', text: 'from-inside' }),
    )
  })
})

describe('a command line that cannot be', () => {
  const cases: [string[], string][] = [
    [['nosuch'], 'There is no command “nosuch”.'],
    [['start', 'Not_A_Name'], '“Not_A_Name” cannot be the name of a workspace.'],
    [['start', 'fine', '--memory', '1m'], '“1m” is not a size of memory.'],
    [['list', 'more'], 'Too many arguments'],
    [['shell', 'fine', '--nosuch'], "Unknown option '--nosuch'."],
    [['shell'], "Missing required argument 'name'."],
  ]
  it.each(cases)('%j ends with 2 and says what is wrong', async (args, message) => {
    const { code, stdout, stderr } = await ws(agent, args)
    expect(code).toBe(2)
    expect(stdout.toString()).toBe('')
    expect(stderr).toContain(`ws: ${message}`)
    expect(stderr).not.toContain('    at ')
  })

  it('says it in JSON where JSON was asked for', async () => {
    const { code, stderr } = await ws(agent, ['start', 'Not_A_Name', '--json'])
    expect(code).toBe(2)
    expect(Failure.parse(parse(stderr)).error).toMatchObject({ code: 'USAGE' })
  })
})

describe('who may use the agent', () => {
  it('is let in by a code under a name that no terminal obeys, listed by it, and sent away', async () => {
    const { stdout } = await ws(agent, ['agent', 'pair', '--json'])
    const Code = z.strictObject({ code: z.string(), expiresAt: z.iso.datetime(), scope: z.literal('operate') })
    const { code } = Code.parse(parse(stdout))
    const pairAs = async (name: string) =>
      (await fetch(`${agent.url}/pair`, { method: 'POST', body: JSON.stringify({ code, name }) })).status
    expect(await pairAs('laptop \u{1b}[31mred')).toBe(400)
    expect(await pairAs('red laptop')).toBe(200)
    const listed = (await ws(agent, ['agent', 'clients', 'list'])).stdout.toString()
    expect(listed).toMatch(/^\S+ +red laptop +paired +operate /m)
    const [client] = z
      .array(z.looseObject({ id: z.string() }))
      .parse(parse((await ws(agent, ['agent', 'clients', '--json'])).stdout))
    expect(await ws(agent, ['agent', 'clients', 'revoke', client?.id ?? ''])).toMatchObject({ code: 0 })
    expect(parse((await ws(agent, ['agent', 'clients', 'list', '--json'])).stdout)).toEqual([])
    expect((await ws(agent, ['agent', 'clients', 'revoke', 'gone'])).code).toBe(1)
  })

  it.each(['operate', 'admin'])('prints a code that can be found in the text, and that it is for %s', async (scope) => {
    const said = (await ws(agent, ['agent', 'pair', '--scope', scope])).stdout.toString()
    const [, code] = /^Pairing code: ([A-Z0-9]{4}-[A-Z0-9]{4})$/m.exec(said) ?? []
    expect(said).toContain(`Its scope is “${scope}”`)
    const response = await fetch(`${agent.url}/pair`, { method: 'POST', body: JSON.stringify({ code, name: scope }) })
    expect(await response.json()).toMatchObject({ client: { name: scope, scope } })
  })

  it('is let in for no scope that there is not', async () => {
    expect(await ws(agent, ['agent', 'pair', '--scope', 'root'])).toMatchObject({ code: 2 })
  })
})

describe('a folder without an agent', () => {
  it('is said to have none, and how to start one', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
    const nobody = { environment: () => ({ ...process.env, WS_CONFIG_DIR: folder }) }
    const { code, stderr } = await ws(nobody, ['list'])
    expect(code).toBe(1)
    expect(stderr).toBe(`ws: No agent runs on ${folder}.\n    Start one with \`ws --agent\`, or open the Berth app.\n`)
    const json = await ws(nobody, ['list', '--json'])
    expect(Failure.parse(parse(json.stderr)).error.code).toBe('AGENT_UNAVAILABLE')
    await rm(folder, { recursive: true })
  })
})
