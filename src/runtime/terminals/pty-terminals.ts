import { join } from 'node:path'
import type { CreateTerminal } from '../../contract/terminal/messages.ts'
import type { Begun, ProgramEvents } from '../../terminals/program.ts'
import type { Report } from '../../terminals/report.ts'
import { TerminalRefusal } from '../../terminals/terminal-refusal.ts'
import type { NewTerminal } from '../../terminals/terminals.ts'
import { endSession, signalForeground } from '../pty/end-session.ts'
import type { PtyBinding } from '../pty/native.ts'
import { readProcess } from '../pty/processes.ts'
import { Pty, type PtySpec } from '../pty/pty.ts'
import { findProgram, isFolder, startFolder, terminalEnvironment } from '../pty/shell.ts'
import { KeptScreen } from '../screens/kept-screen.ts'
import type { ScreenWorker } from '../screens/screen-worker.ts'
import type { ShellIntegration } from '../shell-integration/shell-integration.ts'
import { newRingName } from './holder.ts'
import { KeptFile } from './kept-terminals.ts'
import { RingFile } from './ring-file.ts'
import { forgetSession, noteSession } from './session-files.ts'

/** Start of a program that had gone before anybody looked: no process has it. */
const GONE = ''

export interface PtyTerminalsOptions {
  binding: PtyBinding
  /** Environment of the user's programs, as of now. */
  env(): Record<string, string>
  home: string
  workFolder: string
  stateFolder: string
  screens: ScreenWorker
  report: Report
  /** Kept up to date: the leader of each terminal's session, by the terminal's id. */
  sessions: Map<string, number>
  integrate: ShellIntegration
}

/** How the runtime starts the program of a terminal: in a PTY of this container, its history in a file. */
export function ptyTerminals(options: PtyTerminalsOptions): (wanted: NewTerminal, events: ProgramEvents) => Begun {
  return ({ terminal, create, cols, rows }, events) => {
    const { title, program } = describeProgram(options, create)
    const history = RingFile.create(join(options.stateFolder, newRingName()))
    let pty: Pty | undefined
    try {
      pty = new Pty(options.binding, { ...program, cols, rows }, { ...events, exit: afterThisTurn(events.exit) })
      const error = noteSession(history.path, pty.pid)
      if (error !== undefined)
        options.report('warn', 'the session of a terminal could not be noted', { terminal, error })
      const screen = new KeptScreen({
        ...{ history, state: KeptScreen.begin({ cols, rows }), worker: options.screens },
        moved: () => keep.save(),
        failed: (error) => {
          options.report('warn', 'a screen could not be built', { terminal, error })
        },
      })
      const keep = new KeptFile({ ringPath: history.path, screen: () => screen.state, report: options.report })
      options.sessions.set(terminal, pty.pid)
      const forget = (): void => {
        forgetSession(history.path)
        options.sessions.delete(terminal)
      }
      return { title, history, screen, keep, program: ptyProgram(pty, forget) }
    } catch (error) {
      pty?.destroy()
      history.dispose()
      throw error
    }
  }
}

/**
 * Whoever signals all processes of a user (`kill -TERM -1`) asks this one to end, too, and may be heard of in the very turn of
 * the loop in which a program's end is: the stop comes first. A stop by the agent does not rely on it (`heard-stop.ts`).
 */
function afterThisTurn(told: ProgramEvents['exit']): ProgramEvents['exit'] {
  return (exit) => void setImmediate(() => told(exit))
}

function ptyProgram(pty: Pty, forget: () => void): Begun['program'] {
  const leaderStart = readProcess(pty.pid)?.startTime ?? GONE
  return {
    write: (bytes) => {
      pty.write(bytes)
    },
    pause: () => {
      pty.pause()
    },
    resume: () => {
      pty.resume()
    },
    resize: (cols, rows) => {
      pty.resize(cols, rows)
    },
    signal: (name) => {
      signalForeground(pty.pid, name)
    },
    end: (graceMs) => endSession(pty.pid, { graceMs, leaderStart }),
    dispose: () => {
      pty.destroy()
      forget()
    },
  }
}

function describeProgram(
  options: PtyTerminalsOptions,
  create: CreateTerminal,
): { title: string; program: Omit<PtySpec, 'cols' | 'rows'> } {
  const cwd = create.cwd ?? startFolder(options)
  if (!isFolder(cwd)) throw new TerminalRefusal('BAD_REQUEST', `"${cwd}" is not a folder that can be entered.`)
  const env = terminalEnvironment(options.env(), cwd)
  const shell = env['SHELL'] ?? '/bin/sh'
  const [program = shell, ...args] = create.command ?? [shell, '-l']
  if (create.command === undefined) Object.assign(env, options.integrate(shell, env))
  if ([program, ...args].some((word) => word.includes('\0'))) {
    throw new TerminalRefusal('BAD_REQUEST', 'The command holds a NUL character, which no program can be given.')
  }
  const file = findProgram(program, env, cwd)
  if (file === undefined) {
    throw new TerminalRefusal('BAD_REQUEST', `There is no program "${program.slice(0, 200)}" in this workspace.`)
  }
  const title = create.title ?? program.slice(program.lastIndexOf('/') + 1).slice(0, 200)
  return { title, program: { file, args, env, cwd } }
}
