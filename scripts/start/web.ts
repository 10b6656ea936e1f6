import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { CliFailure } from '../../src/cli/cli-failure.ts'
import { withWorker } from '../../src/cli/connection/with-worker.ts'
import { passSignals } from '../setup/pass-signals.mjs'
import { PROJECT_FOLDER, say } from '../setup/project.mjs'
import { addressOfRunningAgent } from './running-agent.ts'
import { showScreens } from './show-screens.ts'

const WS = 'out/cli/ws.js'
/** The start line of the agent, as `ws --agent` prints it. */
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/

/**
 * Opens the agent's screens in the browser, signed in, and runs until the agent ends. Where one runs already for this
 * user, that one's screens are opened, and it is left to whoever started it. Returns the exit code.
 */
export async function runInBrowser(): Promise<number> {
  const code = await showRunning()
  if (code !== undefined) return code
  say('Starting the agent …')
  const agent = spawn(execPath, [path.join(PROJECT_FOLDER, WS), '--agent'], {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  passSignals(agent)
  const ended = once(agent, 'exit') as Promise<[number | null]>
  const address = await listening(agent)
  if (address !== undefined) await withWorker((worker) => showScreens({ worker, address, ended }))
  const [exitCode] = await ended
  return exitCode ?? 0
}

/** Shows the screens of the agent that runs for this user; undefined where none does. */
async function showRunning(): Promise<number | undefined> {
  try {
    return await withWorker(async (worker) => {
      const address = await addressOfRunningAgent()
      if (address === undefined) {
        say('Berth is open already, and its agent listens on no port: use its window, or quit it first.')
        return 1
      }
      say('An agent runs already; its screens are opened.')
      await showScreens({ worker, address })
      return 0
    })
  } catch (error) {
    if (error instanceof CliFailure && error.code === 'AGENT_UNAVAILABLE') return undefined
    throw error
  }
}

/** The address that the agent says it listens on; its lines are passed on. Undefined when it ends before. */
function listening(agent: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (!agent.stdout) throw new Error('The agent was started without a pipe for its output.')
    const lines = createInterface(agent.stdout)
    lines.on('line', (line) => {
      console.log(line)
      const address = ADDRESS.exec(line)?.[0]
      if (address !== undefined) resolve(address)
    })
    lines.once('close', () => {
      resolve(undefined)
    })
  })
}
