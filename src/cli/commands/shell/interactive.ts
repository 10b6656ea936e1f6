import { writeSync } from 'node:fs'
import process from 'node:process'
import { nearestSize } from '../../../client/terminal/nearest-size.ts'
import type { TerminalClient, TerminalState } from '../../../client/worker-client.ts'
import { EXIT, exitCodeOfSignal } from '../../exit-codes.ts'
import { formatBytes } from '../../output/bytes.ts'
import { onEndSignal } from '../../signals.ts'
import { say } from '../../terminal-streams.ts'
import { type DetachKeys, watchForDetach } from './detach-keys.ts'
import { screenNotice } from './link-notice.ts'
import { enterRawMode } from './raw-mode.ts'
import { exitCodeOf, failureOf, forget, HELD_INPUT_BYTES, type ShellRequest } from './request.ts'
import { followScreenModes, type ScreenModes } from './screen-modes.ts'
import { withoutQuestions } from './without-questions.ts'

const CTRL_C = 0x03
/** DECSTR, then an empty screen. */
const EMPTY_SCREEN = '\u{1b}[!p\u{1b}[H\u{1b}[2J'

export interface InteractiveRequest extends ShellRequest {
  /** Id of the terminal. */
  terminal: string
  /** Whether it is to be made. */
  isNew: boolean
  isReadOnly: boolean
  detachKeys: DetachKeys
}

/** How the time at the terminal came to its end. */
type Ending = { kind: 'over'; state: TerminalState } | { kind: 'let-go'; exitCode: number }

/** Joins this terminal to one in the workspace until that ends or the person lets go. Resolves with the exit code. */
export async function runInteractive(request: InteractiveRequest): Promise<number> {
  const { workspace, terminal, streams, isReadOnly } = request
  const { stdout, stderr } = streams
  const keys = isReadOnly ? 'Ctrl-C' : request.detachKeys.text
  if (keys !== '') say(stderr, `${keys} lets go; what runs goes on.`)
  const modes = followScreenModes()
  const restoreAtCrash = (): void => void writeSync(1, modes.undo())
  process.once('exit', restoreAtCrash)
  const { client, ending } = await joined(request, modes)
  process.off('exit', restoreAtCrash)
  stdout.write(modes.undo())
  if (ending.kind === 'let-go') {
    client.dispose()
    say(stderr, `\nLet go; it goes on. Come back: ws shell ${workspace} --attach ${terminal}`)
    return ending.exitCode
  }
  if (ending.state.status === 'failed' || ending.state.status === 'stopped') throw failureOf(ending.state)
  if (ending.state.status !== 'exited') throw new Error(`A terminal does not end as ${ending.state.status}.`)
  // One that was there before is whoever's it was: what it showed last stays for them.
  if (request.isNew) await forget(request, [client])
  return exitCodeOf(ending.state.exit)
}

/** Passes bytes both ways until it is over, and gives this terminal back as it was. */
function joined(request: InteractiveRequest, modes: ScreenModes): Promise<{ client: TerminalClient; ending: Ending }> {
  const { worker, workspace, command, streams, terminal, isNew } = request
  const { stdin, stdout, stderr } = streams
  return new Promise((resolve) => {
    const notice = screenNotice(stderr, modes)
    const unasked = withoutQuestions()
    const client = worker.openTerminal({
      workspace,
      terminal,
      ...(isNew ? { create: command.length === 0 ? {} : { command } } : {}),
      ...sizeOf(stdout),
      onOutput: (bytes, parsed, isAnswered) => {
        const shown = unasked(bytes, isAnswered)
        modes.see(shown)
        stdout.write(shown, () => parsed())
      },
      onGap: (skipped) => say(stderr, `\r\n[${formatBytes(skipped)} of output skipped.]\r`),
      onReset: () => stdout.write(`${modes.undo()}${EMPTY_SCREEN}`),
      onInputTaken: (held) => {
        if (held < HELD_INPUT_BYTES) stdin.resume()
      },
      onState: (state) => {
        notice(state)
        if (['exited', 'stopped', 'failed'].includes(state.status)) end({ kind: 'over', state })
      },
    })
    const end = (ending: Ending): void => {
      release()
      resolve({ client, ending })
    }
    const release = takeOver(request, { client, letGo: (exitCode) => end({ kind: 'let-go', exitCode }) })
  })
}

interface Attached {
  client: TerminalClient
  letGo(exitCode: number): void
}

/** Puts this terminal into raw mode and passes keys and sizes on. Returns the way to give it back as it was. */
function takeOver({ streams, isReadOnly, detachKeys }: InteractiveRequest, { client, letGo }: Attached): () => void {
  const { stdin, stdout } = streams
  const watch = watchForDetach(detachKeys)
  const typed = (bytes: Buffer): void => {
    const { pass, isDetach } = watch(bytes)
    if (!isReadOnly && pass.byteLength > 0) client.write(pass)
    if (isDetach || (isReadOnly && pass.includes(CTRL_C))) letGo(EXIT.done)
    else if (client.pendingInputBytes > HELD_INPUT_BYTES) stdin.pause()
  }
  const resized = (): void => {
    const { cols, rows } = sizeOf(stdout)
    client.resize(cols, rows)
  }
  const gone = (): void => letGo(exitCodeOfSignal('SIGHUP'))
  let leaveRawMode = enterRawMode(stdin)
  // Whoever stopped this program may have used the terminal otherwise meanwhile.
  const continued = (): void => {
    leaveRawMode()
    leaveRawMode = enterRawMode(stdin)
    resized()
  }
  stdin.on('data', typed)
  stdin.on('end', gone)
  stdin.on('error', gone)
  stdin.resume()
  stdout.on('resize', resized)
  stdout.on('error', gone)
  process.on('SIGCONT', continued)
  const stopSignals = onEndSignal((signal) => letGo(exitCodeOfSignal(signal)))
  return () => {
    stopSignals()
    process.off('SIGCONT', continued)
    stdin.off('data', typed)
    stdin.off('end', gone)
    stdin.off('error', gone)
    stdout.off('resize', resized)
    stdout.off('error', gone)
    leaveRawMode()
    stdin.pause()
  }
}

function sizeOf({ columns, rows }: NodeJS.WriteStream): { cols: number; rows: number } {
  return nearestSize({ cols: columns || 80, rows: rows || 24 })
}
