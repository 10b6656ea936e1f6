import { utilityProcess } from 'electron'
import type { Logger } from 'pino'
import type { AgentChild } from './agent-supervisor.ts'

/** The end of what the agent's process wrote to stderr is kept for the log: 4 KiB say why it crashed. */
const STDERR_TAIL_CHARS = 4_096

export interface AgentProgram {
  /** The built program. */
  entry: string
  /** Folder with `images/` and `manifest.json`. */
  resourcesDir: string
  /** Folder with the runtimes that are put into workspaces, one folder per platform. */
  runtimeDir: string
}

/** Starts the agent in a utility process: off the main thread, and gone with the app even if that is killed. */
export function forkAgent(program: AgentProgram, log: Logger): AgentChild {
  const options = JSON.stringify({ resourcesDir: program.resourcesDir, runtimeDir: program.runtimeDir })
  const child = utilityProcess.fork(program.entry, [options], {
    serviceName: 'berth-agent',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let tail = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-STDERR_TAIL_CHARS)
  })
  child.on('exit', (code) => {
    if (code !== 0 && tail !== '') log.error({ code, stderr: tail }, 'what the agent process said last')
  })
  return child
}
