import { setTimeout as delay } from 'node:timers/promises'
import type { WorkerClient } from '../../src/client/worker-client.ts'
import { TerminalScreen } from './terminal-screen.ts'

/** How long something took, in milliseconds. */
export interface Times {
  /** At the 95th percentile. */
  p95: number
  worst: number
}

export interface Latency {
  /** `get` of a workspace and `list`, both at once. */
  calls: Times
  /** A line that is typed, until it is seen. */
  keys: Times
}

/** A program that says what it is told, and how long that takes. */
export class EchoTerminal {
  readonly #screen: TerminalScreen
  #count = 0

  constructor(client: WorkerClient, workspace: string) {
    this.#screen = new TerminalScreen(client, { workspace, create: { command: ['cat'] } })
  }

  async roundTripMs(): Promise<number> {
    this.#count += 1
    const word = `word-${this.#count}`
    const since = performance.now()
    this.#screen.type(`${word}\n`)
    await this.#screen.until(({ text }) => text.includes(`${word}\r\n`))
    return performance.now() - since
  }
}

/** Uses each worker in turn for `durationMs`. */
export async function latencyOf(
  used: readonly { client: WorkerClient; workspace: string; echo: EchoTerminal }[],
  durationMs: number,
): Promise<Latency> {
  const [calls, keys]: [number[], number[]] = [[], []]
  const end = performance.now() + durationMs
  while (performance.now() < end) {
    for (const { client, workspace, echo } of used) {
      const since = performance.now()
      await Promise.all([client.api.workspaces.get({ name: workspace }), client.api.workspaces.list()])
      calls.push(performance.now() - since)
      keys.push(await echo.roundTripMs())
    }
    await delay(20)
  }
  return { calls: timesOf(calls), keys: timesOf(keys) }
}

function timesOf(values: readonly number[]): Times {
  const sorted = [...values].sort((one, other) => one - other)
  return { p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN, worst: sorted.at(-1) ?? Number.NaN }
}
