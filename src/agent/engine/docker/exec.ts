import type { Duplex } from 'node:stream'
import type Docker from 'dockerode'
import { z } from 'zod'
import type { ExecSession, ExecSpec, TerminalSession } from '../engine.ts'
import { dialJson, dialParsed, dialUpgrade, LIMIT } from './dial.ts'
import { demultiplex } from './multiplexed.ts'

const Created = z.object({ Id: z.string().min(1) })
const Inspected = z.object({ Running: z.boolean(), ExitCode: z.number().int().nullish() })

/**
 * Keys that would make the engine let go of a terminal, which it looks for in what is typed, holding back what may become
 * them. There is no "none": what nobody types, so often that nobody ever will.
 */
const DETACH_KEYS = Array.from({ length: 16 }, () => 'ctrl-^').join(',')

/** Starts a program in a running container, without a terminal, its three streams attached. */
export async function execIn(docker: Docker, container: string, exec: ExecSpec): Promise<ExecSession> {
  const { id, socket } = await begin(docker, container, { Tty: false, User: exec.user, Cmd: exec.command })
  if (exec.endsInput === true) socket.end(exec.stdin)
  else socket.write(exec.stdin)
  return {
    output: demultiplex(socket),
    exitCode: () => exitCodeOf(docker, id),
    close: () => socket.destroy(),
  }
}

/** Starts a program in a running container, in a PTY. */
export async function execTerminalIn(
  docker: Docker,
  container: string,
  command: readonly string[],
): Promise<TerminalSession> {
  const { id, socket } = await begin(docker, container, { Tty: true, Cmd: command, DetachKeys: DETACH_KEYS })
  return {
    stream: socket,
    resize: async (cols, rows) => {
      await dialJson(docker, { method: 'POST', path: `/exec/${id}/resize`, query: { w: cols, h: rows } })
    },
    exitCode: () => exitCodeOf(docker, id),
  }
}

async function begin(
  docker: Docker,
  container: string,
  exec: { Tty: boolean; Cmd: readonly string[]; User?: string; DetachKeys?: string },
): Promise<{ id: string; socket: Duplex }> {
  const { Id: id } = await dialParsed(docker, {
    method: 'POST',
    path: `/containers/${encodeURIComponent(container)}/exec`,
    body: { AttachStdin: true, AttachStdout: true, AttachStderr: true, ...exec },
    timeoutMs: LIMIT.change,
    schema: Created,
  })
  const start = { method: 'POST', path: `/exec/${id}/start`, body: { Detach: false, Tty: exec.Tty } } as const
  const socket = await dialUpgrade(docker, { ...start, timeoutMs: LIMIT.change })
  // Its end is told by the output; an error after that has nobody to tell.
  socket.on('error', () => undefined)
  return { id, socket }
}

async function exitCodeOf(docker: Docker, id: string): Promise<number | undefined> {
  const found = await dialParsed(docker, { method: 'GET', path: `/exec/${id}/json`, schema: Inspected })
  return found.Running ? undefined : (found.ExitCode ?? undefined)
}
