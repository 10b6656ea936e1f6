import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { CoreFixture, collectEvents, makeConfigDir, run, until } from '../../support/core.ts'
import { leftOvers, sweepAgent } from '../../support/engine.ts'

const execute = promisify(execFile)
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A folder on a disk of two MiB, as an agent has it at its start. */
async function folderOnSmallDisk(): Promise<string> {
  const disk = await mkdtemp(path.join(os.tmpdir(), 'berth-disk-'))
  closing.push(() => rm(disk, { recursive: true }))
  await execute('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=0700', 'tmpfs', disk])
  closing.push(() => execute('umount', ['-l', disk]))
  const made = await makeConfigDir()
  await writeFile(path.join(disk, 'config.json'), await readFile(path.join(made, 'config.json')), { mode: 0o600 })
  await rm(made, { recursive: true })
  return disk
}

/** Takes all that is free on a disk, also what writes that are under way let go of; what it returns gives it back. */
async function fill(disk: string): Promise<() => Promise<void>> {
  const file = path.join(disk, 'filling')
  for (let isFull = false; !isFull; ) {
    await execute('sh', ['-c', 'cat /dev/zero >>"$0" 2>/dev/null || true', file])
    const isWritten = !(await readdir(disk)).some((name) => name.endsWith('.tmp'))
    isFull = isWritten && (await statfs(disk)).bavail === 0
  }
  return () => rm(file)
}

const problem =
  process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'A small disk needs root on Linux.'

describe.skipIf(problem !== undefined)('an agent whose disk is full', () => {
  it('refuses what it cannot write down, loses nothing that it has, and goes on when there is room', async () => {
    const configDir = await folderOnSmallDisk()
    const fixture = await CoreFixture.start({ configDir })
    closing.push(async () => {
      await fixture.stopCore()
      await sweepAgent(fixture.engine, fixture.agentId)
    })
    const { core } = fixture
    await core.workspaces.create({ name: 'before' })
    const { containerId } = await core.workspaces.create({ name: 'large' })
    const free = await fill(configDir)
    const { events, stop } = collectEvents(core)

    const made = await core.workspaces.create({ name: 'during' }).catch((error: unknown) => error)
    expect(made).toMatchObject({ failure: { step: 'create', hint: expect.any(String) } })
    // What is there works: only what has to last is refused, and that is said.
    expect((await run(core, 'before', 'hostname')).trim()).toBe('before')
    await until(core, () =>
      events.some((event) => event.type === 'agent.warning' && event.code === 'state_not_written'),
    )
    stop()
    // To delete is how one makes room: what it was goes, though that this lasts can only be written later.
    await core.workspaces.delete('large', { force: true }).catch(() => undefined)
    expect(await fixture.engine.containers.inspect(containerId)).toBeUndefined()

    await free()
    if (core.workspaces.list().some(({ name }) => name === 'large'))
      await core.workspaces.delete('large', { force: true })
    expect(await core.workspaces.start('during')).toMatchObject({ status: 'running' })
    await core.workspaces.stop('before')
    const next = await fixture.restartCore()
    await until(next, () => next.engine.state.status === 'ready')
    expect(next.workspaces.list().map(({ name, status }) => [name, status])).toEqual([
      ['before', 'stopped'],
      ['during', 'running'],
    ])
    for (const name of ['before', 'during']) await next.workspaces.delete(name, { force: true })
    await fixture.stopCore()
    expect(await leftOvers(fixture.engine, fixture.agentId)).toEqual([])
  })
})
