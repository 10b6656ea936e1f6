import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type Docker from 'dockerode'

const run = promisify(execFile)

/** Command lines and pids, as this computer numbers them, of what runs in a container. */
export async function processesIn(docker: Docker, container: string): Promise<{ pid: number; line: string }[]> {
  const { Processes } = await docker.getContainer(container).top({ ps_args: '-eo pid,args' })
  return (Processes as string[][]).map(([pid = '', ...line]) => ({ pid: Number(pid), line: line.join(' ') }))
}

export async function pidsIn(docker: Docker, container: string): Promise<number[]> {
  return (await processesIn(docker, container)).map(({ pid }) => pid)
}

/** The runtime of a workspace's container. */
export async function runtimePid(docker: Docker, container: string): Promise<number> {
  const found = (await processesIn(docker, container)).find(({ line }) => line.includes('/runtime.cjs'))
  if (found === undefined) throw new Error('No runtime runs in the container.')
  return found.pid
}

/** The engine's own processes, and the one that holds this container's. */
export async function enginePids(docker: Docker, container: string): Promise<number[]> {
  const { stdout } = await run('pgrep', ['-x', 'dockerd|containerd'])
  const { State } = await docker.getContainer(container).inspect()
  const shim = (await statOf(State.Pid))[1]
  return [...stdout.split('\n').filter(Boolean).map(Number), Number(shim)]
}

/** Milliseconds of processor time that the processes have had until now. */
export async function processorMs(pids: readonly number[]): Promise<number> {
  const each = await Promise.all(pids.map(statOf))
  // In ticks of USER_HZ, which is 100 on every Linux.
  return each.reduce((sum, fields) => sum + (Number(fields[11]) + Number(fields[12])) * 10, 0)
}

/** MB that the processes have for themselves, and their share of what they have together with others. */
export async function memoryMb(pids: readonly number[]): Promise<number> {
  const each = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/smaps_rollup`, 'utf8')))
  return each.reduce((sum, text) => sum + Number(/^Pss:\s+(\d+)/m.exec(text)?.[1]) / 1000, 0)
}

/** A process and all that descends from it. */
export async function treeOf(root: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = new Map<number, number>()
  for (const pid of pids) parents.set(pid, Number((await statOf(pid).catch(() => []))[1]))
  const tree = new Set([root])
  for (let size = 0; size < tree.size; ) {
    size = tree.size
    for (const [pid, parent] of parents) if (tree.has(parent)) tree.add(pid)
  }
  return [...tree]
}

/** `/proc/<pid>/stat` from the state on, the third field of proc(5). */
async function statOf(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}
