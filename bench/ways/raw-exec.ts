import type { Duplex } from 'node:stream'
import type Docker from 'dockerode'
import type { OpenShell, Shell } from '../shell.ts'

const COLS = 80
const ROWS = 24

/** The peer: the engine's own exec with a TTY, straight from its socket, with nothing in between. */
export function rawExec(docker: Docker, container: string): OpenShell {
  return async (command) => {
    const exec = await docker.getContainer(container).exec({
      Cmd: [...command],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
      ConsoleSize: [ROWS, COLS],
    })
    const stream = await exec.start({ hijack: true, stdin: true, Tty: true })
    return shellOver(stream, async () => {
      // The engine leaves the program running when its client goes, so it is ended by its number.
      const { Pid, Running } = await exec.inspect()
      if (Running && Pid > 0) killQuietly(Pid)
    })
  }
}

function shellOver(stream: Duplex, end: () => Promise<void>): Shell {
  const early: Uint8Array[] = []
  let listener: ((bytes: Uint8Array) => void) | undefined
  stream.on('data', (bytes: Buffer) => {
    if (listener) listener(bytes)
    else early.push(bytes)
  })
  stream.on('error', () => undefined)
  return {
    write: (text) => {
      stream.write(text)
    },
    listen: (next) => {
      listener = next
      for (const bytes of early.splice(0)) next(bytes)
    },
    close: async () => {
      await end()
      stream.destroy()
    },
  }
}

/** The engine runs on this machine, so its processes are seen by their numbers here. */
function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
