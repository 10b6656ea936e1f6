import type { SuggestedComputer } from '../../../contract/desktop/pairing.ts'

/** Those that can be connected to first, those that are workers already behind them, then who has no agent, then who is away. */
export function byUse(computers: readonly SuggestedComputer[]): readonly SuggestedComputer[] {
  return [...computers].sort((one, other) => rank(one) - rank(other) || one.label.localeCompare(other.label))
}

function rank({ worker, online, agent }: SuggestedComputer): number {
  if (!online) return worker === undefined ? 4 : 3
  if (worker !== undefined) return 1
  if (typeof agent === 'object') return 0
  return 2
}
