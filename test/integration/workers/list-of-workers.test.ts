import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { RegistryFixture } from '../../support/registry.ts'
import { StandInAgent } from '../../support/stand-in-agent.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const CODE = 'KF7M-2QXD'

async function standIn(agentId: string): Promise<StandInAgent> {
  const agent = await StandInAgent.start()
  closing.push(() => agent[Symbol.asyncDispose]())
  await agent.stop()
  agent.agentId = agentId
  await agent.listen()
  return agent
}

/** An app with one worker, and an agent that it does not know yet. */
async function start() {
  const fixture = await RegistryFixture.start()
  closing.push(() => fixture[Symbol.asyncDispose]())
  const [first, second] = [await standIn('first'), await standIn('second')]
  const outcome = await fixture.registry.add({ host: `127.0.0.1:${first.port}`, code: CODE, label: 'first' })
  if (outcome.status !== 'added') throw new Error(`Adding came to ${JSON.stringify(outcome)}`)
  return { fixture, second, id: outcome.worker.id, host: `127.0.0.1:${second.port}` }
}

/** What waits `until` it is released. */
function held(): { until: Promise<void>; release: () => void } {
  const released = new AbortController()
  return { until: once(released.signal, 'abort').then(() => undefined), release: () => released.abort() }
}

const listed = async ({ file }: RegistryFixture): Promise<string[]> => {
  const { workers }: { workers: { label: string }[] } = JSON.parse(await readFile(file, 'utf8'))
  return workers.map(({ label }) => label)
}

describe('the list of workers', () => {
  it('keeps all that are in it when the app ends while another one is being added', async () => {
    const { fixture, second, host } = await start()
    const answer = held()
    second.pairing = answer.until
    const adding = fixture.registry.add({ host, code: CODE, label: 'second' })
    await expect.poll(() => second.secrets).toHaveLength(1)
    fixture.registry.dispose()
    answer.release()
    expect(await adding).not.toMatchObject({ status: 'added' })
    expect(await listed(fixture)).toEqual(['first'])
    await fixture.restart()
    expect(fixture.registry.summaries.value.map(({ label }) => label)).toEqual(['This computer', 'first'])
  })

  it('has one that is being added in every list that is written meanwhile', async () => {
    const { fixture, host, id } = await start()
    const keychain = held()
    fixture.keychain.writing = keychain.until
    const adding = fixture.registry.add({ host, code: CODE, label: 'second' })
    await expect.poll(() => listed(fixture)).toEqual(['first', 'second'])
    await fixture.registry.rename(id, 'renamed')
    expect(await listed(fixture)).toEqual(['renamed', 'second'])
    keychain.release()
    expect(await adding).toMatchObject({ status: 'added' })
    expect(await listed(fixture)).toEqual(['renamed', 'second'])
  })
})
