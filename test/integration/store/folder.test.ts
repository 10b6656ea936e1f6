import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ClaimedFolder, claimFolder } from '../../../src/agent/store/folder.ts'

const CLAIMER = path.join(import.meta.dirname, '../../support/folder-process.ts')

let root = ''
const claimed: ClaimedFolder[] = []
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'berth-folder-'))
})
afterEach(async () => {
  for (const one of claimed.splice(0)) await one.release()
  await rm(root, { recursive: true, force: true })
})

async function claim(folder: string): Promise<ClaimedFolder> {
  const one = await claimFolder(folder)
  claimed.push(one)
  return one
}

describe('the folder of an agent', () => {
  it('is made for its owner alone', async () => {
    const folder = path.join(root, 'made')
    const { socketPath, server } = await claim(folder)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    const answered = new Promise((resolve) => server.once('connection', resolve))
    net.connect(socketPath).unref()
    await answered
    expect(await readdir(folder)).toEqual(['agent.sock'])
  })

  it('is refused when others may look into it, with the command that closes it', async () => {
    const folder = path.join(root, 'open')
    await mkdir(folder)
    await chmod(folder, 0o755)
    await expect(claimFolder(folder)).rejects.toMatchObject({
      name: 'FolderUnsafe',
      hint: expect.stringContaining('chmod 700'),
    })
  })

  it('is refused when it is a symbolic link or a file', async () => {
    await mkdir(path.join(root, 'real'), { mode: 0o700 })
    await symlink(path.join(root, 'real'), path.join(root, 'link'))
    for (const name of ['link', 'link/', 'link//', 'link/.']) {
      await expect(claimFolder(`${root}/${name}`), name).rejects.toMatchObject({ name: 'FolderUnsafe' })
    }
    await writeFile(path.join(root, 'file'), '')
    await expect(claimFolder(path.join(root, 'file'))).rejects.toThrow()
  })

  it('loses no file that has the name of its socket', async () => {
    const folder = path.join(root, 'named')
    await mkdir(folder, { mode: 0o700 })
    const file = path.join(folder, 'agent.sock')
    await writeFile(file, 'mine')
    await expect(claimFolder(folder)).rejects.toMatchObject({
      name: 'FolderUnsafe',
      message: expect.stringContaining(file),
    })
    expect(await readFile(file, 'utf8')).toBe('mine')
    expect(await readdir(folder)).toEqual(['agent.sock'])
  })

  it('is one agent’s: of twenty that want it at once, one gets it', async () => {
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => claim(path.join(root, 'wanted'))))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.name)] : []))
    expect(refused).toEqual(Array.from({ length: 19 }, () => 'FolderInUse'))
  })

  it('is free again when its agent has released it', async () => {
    const folder = path.join(root, 'passed-on')
    await (await claimFolder(folder)).release()
    expect(await readdir(folder)).toEqual([])
    await claim(folder)
  })

  it('is taken over from an agent that was killed, by one of many', async () => {
    const folder = path.join(root, 'orphaned')
    const child = spawn(process.execPath, [CLAIMER, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    await expect(claimFolder(folder)).rejects.toMatchObject({ name: 'FolderInUse' })
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect((await lstat(path.join(folder, 'agent.sock'))).isSocket()).toBe(true)
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => claim(folder)))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is not lost to a takeover that was killed in the middle', async () => {
    const folder = path.join(root, 'half-taken')
    await mkdir(folder, { mode: 0o700 })
    const dead = net.createServer().listen(path.join(folder, 'private'))
    await once(dead, 'listening')
    await symlink(path.join(folder, 'nowhere'), path.join(folder, 'agent.sock'))
    await rm(path.join(folder, 'private'))
    dead.close()
    await claim(folder)
  })

  it('is refused in words when its path is too long for a socket', async () => {
    const folder = path.join(root, 'x'.repeat(120))
    await expect(claimFolder(folder)).rejects.toMatchObject({ message: expect.stringContaining('too long') })
  })
})
