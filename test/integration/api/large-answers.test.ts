import { afterAll, beforeAll, expect, it } from 'vitest'
import { AgentProcess, uniqueName } from '../../support/agent.ts'

let agent: AgentProcess
const name = uniqueName('large')
beforeAll(async () => {
  agent = await AgentProcess.start()
  await agent.local().api.workspaces.create({ name })
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const MIB = 1_048_576
/** All the output that is kept, in bytes that JSON writes six times as long: 12 MiB on the wire. */
const command = ['sh', '-c', `head -c ${MIB} /dev/zero; head -c ${MIB} /dev/zero >&2`]

it('carries the largest answers that there are, several at once, on a socket that stays', async () => {
  const worker = agent.remote((await agent.pair()).token)
  await worker.api.info()
  const left: string[] = []
  worker.onConnection(({ status }) => left.push(status))
  const answers = await Promise.all([1, 2, 3].map(() => worker.api.workspaces.exec({ name, command })))
  for (const { exitCode, stdout, stderr } of answers) {
    expect([exitCode, stdout.length, stderr.length]).toEqual([0, MIB, MIB])
  }
  expect(await worker.api.info()).toMatchObject({ protocol: '1.0' })
  expect(left.filter((status) => status !== 'connected')).toEqual([])
})
