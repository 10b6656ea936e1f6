import { randomUUID } from 'node:crypto'
import type { TerminalClient, TerminalState, WorkerClient } from '../../src/client/worker-client.ts'
import type { Shell } from '../shell.ts'

const COLS = 80
const ROWS = 24

export interface BerthShell extends Shell {
  /** Takes in nothing more of what arrives, as a busy screen does, until the returned function is called. */
  stall(): () => void
  /** Resolves when the program has ended and its last byte was given to the listener. */
  untilExited(): Promise<void>
}

/** What is measured: a terminal of the workspace, as every screen of Berth opens one. */
export function berthShell(
  worker: Pick<WorkerClient, 'openTerminal'>,
  workspace: string,
): (command: readonly string[]) => Promise<BerthShell> {
  return async (command) => {
    const early: Uint8Array[] = []
    let stalled: (() => void)[] | undefined
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
        if (stalled === undefined) parsed()
        else stalled.push(parsed)
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
      stall: () => {
        stalled = []
        return () => {
          for (const parsed of stalled ?? []) parsed()
          stalled = undefined
        }
      },
      untilExited: () => states.until('exited'),
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
   * Resolves when output can come, or the terminal has exited or (`ended`) may also be gone, since the end of a flood was
   * still under way, or its link broken, when it was closed. Rejects where it fails otherwise.
   */
  until: (status: 'live' | 'exited' | 'ended') => Promise<void>
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
          const isGone = current.status === 'failed' && (current.code === 'ENDED' || current.code === 'NOT_FOUND')
          if (current.status === 'exited' || (isGone && status === 'ended')) resolve()
          else if (current.status === 'failed') reject(new Error(`${current.code}: ${current.message}`))
          else if (current.status === status) resolve()
        }
        check()
      }),
  }
}
