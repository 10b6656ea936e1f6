import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { passSignals } from '../setup/pass-signals.mjs'
import { PROJECT_FOLDER, say } from '../setup/project.mjs'
import { runTool } from '../tool.ts'
import { openBrowser } from './browser.ts'
import { addressOfRunningAgent } from './running-agent.ts'

const WS = 'out/cli/ws.js'
/** The start line of the agent, as `ws --agent` prints it. */
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/
/** A pairing code, as `ws agent pair` prints it. */
const CODE = /\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/

/**
 * Opens the agent's screens in the browser, signed in, and runs until the agent ends. Where one runs already for this
 * user, that one's screens are opened, and it is left to whoever started it. Returns the exit code.
 */
export async function runInBrowser(): Promise<number> {
  const code = await pairingCode()
  if (code !== undefined) return showRunning(code)
  say('Starting the agent …')
  const agent = spawn(execPath, [path.join(PROJECT_FOLDER, WS), '--agent'], {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  passSignals(agent)
  const exited = once(agent, 'exit') as Promise<[number | null]>
  const address = await listening(agent)
  if (address !== undefined) await show(address, await pairingCode())
  const [exitCode] = await exited
  return exitCode ?? 0
}

async function showRunning(code: string): Promise<number> {
  const address = await addressOfRunningAgent()
  if (address === undefined) {
    say('Berth is open already, and its agent listens on no port: use its window, or quit it first.')
    return 1
  }
  say('An agent runs already; its screens are opened.')
  await show(address, code)
  return 0
}

/** A new code of the agent that runs; undefined when none does. */
async function pairingCode(): Promise<string | undefined> {
  const { code, output } = await runTool(WS, ['agent', 'pair'])
  return code === 0 ? CODE.exec(output)?.[0] : undefined
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

async function show(address: string, code: string | undefined): Promise<void> {
  if (code === undefined) {
    console.error(`No pairing code could be had: open ${address} and enter the one that \`npx ws agent pair\` prints.`)
    return
  }
  const url = `${address}/#pair=${code.replace('-', '')}`
  const opened = await openBrowser(url)
  say(opened ? `Berth opens in your browser: ${url}` : `Open this in a browser: ${url}`)
  say('The code in it serves once, within 5 minutes.')
}
