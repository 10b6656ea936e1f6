import { createTerminalClient } from '../../src/client/terminal/terminal-client.ts'
import type { OpenTerminal, TerminalHealth, TerminalState } from '../../src/client/worker-client.ts'
import { ManualClock } from './manual-clock.ts'
import { SimulatedTerminal, type SimulationOptions } from './simulated-terminal.ts'

export const SIMULATED_ID = '3f0c1c5e-8a43-4f43-9d7a-0f7b6c1f2a11'

/** A client of a simulated terminal, and all that it was told. Nothing happens but by its clock. */
export function simulatedScreen(
  { isListed = false, ...settings }: Partial<SimulationOptions> & { isListed?: boolean } = {},
  options: Partial<OpenTerminal> = {},
) {
  const clock = new ManualClock()
  const terminal = new SimulatedTerminal({ clock, ...settings })
  const parts: Uint8Array[] = []
  const states: TerminalState[] = []
  const healths: TerminalHealth[] = []
  const unparsed: (() => void)[] = []
  const skipped: number[] = []
  /** How much had been seen at each reset. */
  const resets: number[] = []
  const parser = { isStalled: false }
  const seen = (): Buffer => Buffer.concat(parts)
  const client = createTerminalClient(
    {
      workspace: 'alpha',
      terminal: SIMULATED_ID,
      ...(isListed ? {} : { create: {} }),
      cols: 80,
      rows: 24,
      onOutput: (bytes, parsed) => {
        parts.push(bytes)
        if (parser.isStalled) unparsed.push(parsed)
        else queueMicrotask(parsed)
      },
      onState: (state) => states.push(state),
      onGap: (bytes) => skipped.push(bytes),
      onReset: () => resets.push(seen().byteLength),
      onHealth: (health) => healths.push(health),
      ...options,
    },
    { open: terminal.open, clock, random: () => 0.5, ended: () => undefined },
  )
  return { clock, terminal, client, seen, states, healths, skipped, resets, parser, unparsed }
}
