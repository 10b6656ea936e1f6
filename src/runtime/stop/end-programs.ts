import { readFileSync, writeSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { type EndAnswer, EndOrder } from '../../contract/runtime/end.ts'
import { readJsonLine } from '../boot/read-boot.ts'
import { describeError } from '../log.ts'
import { readProcesses } from '../pty/processes.ts'
import { hasHeardStop } from './heard-stop.ts'
import { lastReport } from './last-report.ts'
import { type NamedProcess, type SortedProcesses, sortProcesses } from './sort-processes.ts'

/** How long programs have to save what they hold. */
const GRACE_MS = 10_000
/** What begins after the first signals is part of some program's own end (a trap that runs `tar`), and is let be so long. */
const AFTERTHOUGHT_MS = 5_000
const LOOK_EVERY_MS = 25
/** How long runtimes have to hear of the stop before their programs are asked to end; one of an earlier version never says so. */
const HEARING_MS = 3_000
const HEARD_EVERY_MS = 5

/**
 * Ends all that runs in this container but what keeps it running, as a stop of a whole computer does: SIGTERM to each
 * program, SIGHUP after it to those in terminals, SIGCONT to those that were stopped (the order of systemd.kill(5),
 * `SendSIGHUP=`). The runtimes hear of it before any program does. Needs root. Resolves when nothing is left, or with what is
 * ten seconds after the programs were asked.
 */
export async function endPrograms(): Promise<NamedProcess[]> {
  const asked = new Set<string>()
  await tellRuntimes(look().runtimes, asked)
  const begin = performance.now()
  ask(look(), asked)
  let isAskedAgain = false
  for (;;) {
    const found = look()
    const left = [...found.runtimes, ...found.programs]
    const spentMs = performance.now() - begin
    if (left.length === 0 || spentMs > GRACE_MS) return left
    if (!isAskedAgain && spentMs > AFTERTHOUGHT_MS) {
      isAskedAgain = true
      ask(found, asked)
    }
    await delay(LOOK_EVERY_MS)
  }
}

/**
 * Ends the programs of this container as the order on standard input says (`EndOrder`), and prints an `EndAnswer`. A report
 * that cannot be made is left out, and why is told on standard error.
 */
export async function runEndPrograms(): Promise<void> {
  const order = EndOrder.parse(readJsonLine())
  const answer: EndAnswer = { left: inWords(await endPrograms()) }
  try {
    if (order.report) answer.report = await lastReport(order.user)
  } catch (error) {
    writeSync(2, describeError(error))
  }
  writeSync(1, `${JSON.stringify(answer)}\n`)
}

function inWords(left: readonly NamedProcess[]): string {
  if (left.length === 0) return ''
  const names = left.slice(0, 8).map(({ pid, command }) => `${pid} ${(command[0] ?? '').slice(0, 80)}`)
  return `${left.length} did not end in ${GRACE_MS / 1000} s: ${names.join(', ')}`
}

/** Resolves when the runtimes know that what ends from here on ends with the workspace, or have not said so for too long. */
async function tellRuntimes(runtimes: readonly NamedProcess[], asked: Set<string>): Promise<void> {
  signalAll(runtimes, 'SIGTERM')
  for (const one of runtimes) asked.add(nameOf(one))
  const deadline = performance.now() + HEARING_MS
  while (!runtimes.every(({ pid }) => hasHeardStop(pid)) && performance.now() < deadline) await delay(HEARD_EVERY_MS)
}

function ask({ runtimes, programs, inOtherTerminals }: SortedProcesses, asked: Set<string>): void {
  const isNew = (one: NamedProcess): boolean => !asked.has(nameOf(one))
  signalAll(runtimes.filter(isNew), 'SIGTERM')
  signalAll(programs.filter(isNew), 'SIGTERM')
  signalAll(inOtherTerminals.filter(isNew), 'SIGHUP')
  // A stopped program acts on a signal only once it goes on.
  signalAll(programs.filter(isNew), 'SIGCONT')
  for (const one of [...runtimes, ...programs]) asked.add(nameOf(one))
}

function nameOf({ pid, startTime }: NamedProcess): string {
  return `${pid} ${startTime}`
}

function look(): SortedProcesses {
  const processes = readProcesses().map((entry) => ({ ...entry, command: readCommand(entry.pid) }))
  return sortProcesses(processes, process.pid)
}

function readCommand(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0$/, '').split('\0')
  } catch {
    return []
  }
}

function signalAll(processes: readonly NamedProcess[], signal: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, signal)
    } catch {
      // It has gone.
    }
  }
}
