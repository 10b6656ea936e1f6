import { expect, it } from 'vitest'
import type { OpenTerminal, TerminalClient, TerminalState, WorkerClient } from '../../../client/worker-client.ts'
import type { HeldInput } from './held-input.ts'
import type { PredictionOverlay } from './prediction-overlay.ts'
import { TerminalConnection } from './terminal-connection.ts'

/** A connection whose client enters the states that a test says; `held` is what became of input so far. */
function connection() {
  let enter: (state: TerminalState) => void = () => undefined
  const held: HeldInput[] = []
  const client = {
    openTerminal: ({ onState }: OpenTerminal): Partial<TerminalClient> => {
      enter = onState
      return { write: () => undefined }
    },
  } as unknown as WorkerClient
  const made = new TerminalConnection({
    ...{ client, workspace: 'alpha', id: 'one', create: undefined, cols: 80, rows: 24 },
    prediction: { reset: () => undefined, sent: () => undefined } as unknown as PredictionOverlay,
    onOutput: () => undefined,
    onChange: (change) => {
      if (change.held !== undefined) held.push(change.held)
    },
  })
  return { enter: (state: TerminalState) => enter(state), type: (text: string) => made.type(Buffer.from(text)), held }
}

it.each<TerminalState>([
  { status: 'stopped' },
  { status: 'exited', exit: { code: 0 } },
  { status: 'failed', code: 'NOT_FOUND', message: 'This terminal has ended.', hint: undefined },
])('a terminal that was waited for holds no input once it is $status', (last) => {
  const { enter, type, held } = connection()
  enter({ status: 'live' })
  enter({ status: 'reconnecting', since: Date.now(), attempt: 1, isOffline: false, heldBytes: 0 })
  type('x')
  expect(held.at(-1)).toMatchObject({ phase: 'holding', keys: [Buffer.from('x')] })
  enter(last)
  expect(held.at(-1)).toEqual({ phase: 'open' })
})
