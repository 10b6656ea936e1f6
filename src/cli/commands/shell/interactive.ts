import type { TerminalClient, TerminalState } from '../../../client/worker-client.ts'
import { EXIT, exitCodeOfSignal } from '../../exit-codes.ts'
import { onEndSignal } from '../../signals.ts'
import { say } from '../../terminal-streams.ts'
import { enterRawMode } from './raw-mode.ts'
import { createLinkNotice, exitCodeOf, failureOf, forget, HELD_INPUT_BYTES, type ShellRequest } from './request.ts'
import { followScreenModes } from './screen-modes.ts'

/** Ctrl-]: what telnet and others let go with, and no shell uses. */
const DETACH_BYTE = 0x1d

export interface InteractiveRequest extends ShellRequest {
  /** Id of the terminal. */
  terminal: string
  /** Whether it is to be made. */
  isNew: boolean
}

/** How the time at the terminal came to its end. */
type Ending = { kind: 'over'; state: TerminalState } | { kind: 'let-go'; exitCode: number }

/** Joins this terminal to one in the workspace until that ends or the person lets go. Resolves with the exit code. */
export async function runInteractive(request: InteractiveRequest): Promise<number> {
  const { workspace, terminal, streams } = request
  const { stdout, stderr } = streams
  say(stderr, 'Ctrl-] lets go; what runs goes on.')
  const modes = followScreenModes()
  const { client, ending } = await joined(request, (bytes) => modes.see(bytes))
  stdout.write(modes.undo())
  if (ending.kind === 'let-go') {
    client.dispose()
    say(stderr, `\nLet go; it goes on. Come back: ws shell ${workspace} --attach ${terminal}`)
    return ending.exitCode
  }
  if (ending.state.status === 'failed') throw failureOf(ending.state)
  if (ending.state.status !== 'exited') throw new Error(`A terminal does not end as ${ending.state.status}.`)
  await forget(request, [client])
  return exitCodeOf(ending.state.exit)
}

/** Passes bytes both ways until it is over, and gives this terminal back as it was. */
function joined(
  { worker, workspace, command, streams, terminal, isNew }: InteractiveRequest,
  see: (output: Uint8Array) => void,
): Promise<{ client: TerminalClient; ending: Ending }> {
  const { stdin, stdout, stderr } = streams
  return new Promise((resolve) => {
    const notice = createLinkNotice(stderr)
    const client = worker.openTerminal({
      workspace,
      terminal,
      ...(isNew ? { create: command.length === 0 ? {} : { command } } : {}),
      ...sizeOf(stdout),
      onOutput: (bytes, parsed) => {
        see(bytes)
        stdout.write(bytes, () => parsed())
      },
      onInputTaken: (held) => {
        if (held < HELD_INPUT_BYTES) stdin.resume()
      },
      onState: (state) => {
        notice(state)
        if (state.status === 'exited' || state.status === 'failed') end({ kind: 'over', state })
      },
    })
    const end = (ending: Ending): void => {
      release()
      resolve({ client, ending })
    }
    const release = takeOver(streams, { client, letGo: (exitCode) => end({ kind: 'let-go', exitCode }) })
  })
}

interface Attached {
  client: TerminalClient
  letGo(exitCode: number): void
}

/** Puts this terminal into raw mode and passes keys and sizes on. Returns the way to give it back as it was. */
function takeOver({ stdin, stdout }: ShellRequest['streams'], { client, letGo }: Attached): () => void {
  const typed = (bytes: Buffer): void => {
    const detach = bytes.indexOf(DETACH_BYTE)
    if (detach !== 0) client.write(detach === -1 ? bytes : bytes.subarray(0, detach))
    if (detach !== -1) letGo(EXIT.done)
    else if (client.pendingInputBytes > HELD_INPUT_BYTES) stdin.pause()
  }
  const resized = (): void => {
    const { cols, rows } = sizeOf(stdout)
    client.resize(cols, rows)
  }
  const gone = (): void => letGo(exitCodeOfSignal('SIGHUP'))
  const leaveRawMode = enterRawMode(stdin)
  stdin.on('data', typed)
  stdin.on('end', gone)
  stdin.on('error', gone)
  stdout.on('resize', resized)
  stdout.on('error', gone)
  const stopSignals = onEndSignal((signal) => letGo(exitCodeOfSignal(signal)))
  return () => {
    stopSignals()
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
  const clamp = (size: number): number => Math.min(1000, Math.max(1, size))
  return { cols: clamp(columns || 80), rows: clamp(rows || 24) }
}
