import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type Docker from 'dockerode'
import { pidsIn } from '../machine/processes.ts'
import type { OpenShell } from '../shell.ts'
import { terminalProgram } from './terminal-program.ts'

/** A peer: what a person types without Berth. */
export function dockerExec(docker: Docker, container: string): OpenShell {
  return async (command) => {
    const mark = `BENCH_SHELL=${randomUUID()}`
    const shell = terminalProgram('docker', ['exec', '-it', '-e', mark, container, ...command])
    return {
      ...shell,
      close: async () => {
        // The client ends with its program, and not when it is hung up on.
        await endMarked(docker, container, mark)
        await shell.close()
      },
    }
  }
}

/** The engine leaves the program of an exec running when its client goes: it is known by its environment. */
async function endMarked(docker: Docker, container: string, mark: string): Promise<void> {
  for (const pid of await pidsIn(docker, container)) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
    if (environment.split('\0').includes(mark)) killQuietly(pid)
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
