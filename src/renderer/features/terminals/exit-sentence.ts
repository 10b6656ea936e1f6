import type { TerminalExit } from '../../../contract/terminal/terminal.ts'
import { strings } from '../../strings/index.ts'

/** What shells report for a program that SIGKILL ended: 128 and the signal's number. */
const KILLED = 137

const isNamed = (signal: number): signal is keyof typeof strings.terminals.signals =>
  signal in strings.terminals.signals

/** How a terminal ended, in words. */
export function exitSentence({ code, signal }: TerminalExit): string {
  if (code === KILLED) return strings.terminals.exitedMemory
  if (signal === undefined || signal === 0) return strings.terminals.exited(code)
  const name = isNamed(signal) ? strings.terminals.signals[signal] : strings.terminals.signal(signal)
  return strings.terminals.exitedSignal(code, name)
}
