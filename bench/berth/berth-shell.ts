import { randomUUID } from 'node:crypto'
import type { TerminalClient, TerminalState, WorkerClient } from '../../src/client/worker-client.ts'
import type { OpenShell } from '../shell.ts'

const COLS = 80
const ROWS = 24

/** What is measured: a terminal of the workspace, as every screen of Berth opens one. */
export function berthShell(worker: WorkerClient, workspace: string): OpenShell {
  return async (command) => {
    const early: Uint8Array[] = []
    let listener: ((bytes: Uint8Array) => void) | undefined
    const states = stateWaiter()
    const terminal: TerminalClient = worker.openTerminal({
      workspace,
      terminal: randomUUID(),
      create: { command: [...command] },
      cols: COLS,
      rows: ROWS,
      onOutput: (bytes, parsed) => {
        if (listener) listener(bytes)
        else early.push(bytes.slice())
        parsed()
      },
      onState: states.changed,
    })
    await states.until('live')
    const encoder = new TextEncoder()
    return {
      write: (text) => {
        terminal.write(encoder.encode(text))
      },
      listen: (next) => {
        listener = next
        for (const bytes of early.splice(0)) next(bytes)
      },
      close: async () => {
        terminal.close()
        await states.until('ended')
        terminal.dispose()
      },
    }
  }
}

interface StateWaiter {
  changed: (state: TerminalState) => void
  /**
   * Resolves when output can come, or the terminal has ended: told as an exit, or, where the end of a flood was still
   * under way, as gone. Rejects where it fails otherwise.
   */
  until: (status: 'live' | 'ended') => Promise<void>
}

function stateWaiter(): StateWaiter {
  let current: TerminalState = { status: 'connecting' }
  let check = (): void => undefined
  return {
    changed: (state) => {
      current = state
      check()
    },
    until: (status) =>
      new Promise((resolve, reject) => {
        check = () => {
          const isGone = current.status === 'failed' && current.code === 'ENDED'
          if (current.status === 'exited' || (isGone && status === 'ended')) resolve()
          else if (current.status === 'failed') reject(new Error(`${current.code}: ${current.message}`))
          else if (current.status === status) resolve()
        }
        check()
      }),
  }
}
