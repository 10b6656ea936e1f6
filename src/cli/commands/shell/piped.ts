import { randomUUID } from 'node:crypto'
import type { TerminalClient } from '../../../client/worker-client.ts'
import { exitCodeOfSignal } from '../../exit-codes.ts'
import { whenUnread } from '../../output/unread.ts'
import { onEndSignal } from '../../signals.ts'
import { say } from '../../terminal-streams.ts'
import { END_OF_INPUT, inputBlocks } from './input-blocks.ts'
import { lineNotice } from './link-notice.ts'
import { openPipe, type Pipe } from './pipe.ts'
import { errorsProgram, runProgram } from './pipe-programs.ts'
import { exitCodeOf, forget, HELD_INPUT_BYTES, type ShellRequest } from './request.ts'

/**
 * Runs a program in the workspace between the pipes of this one: bytes go through as they are, whatever happens to the
 * agent meanwhile. Resolves with its exit code, when it has ended and nothing holds its output open any more. Being asked
 * to end (Ctrl-C), or having no reader any more, ends the program too.
 */
export async function runPiped(request: ShellRequest): Promise<number> {
  const pipes: Pipe[] = []
  const given = new Set<() => void>()
  const cut = new Promise<number>((resolve) => {
    given.add(onEndSignal((signal) => resolve(exitCodeOfSignal(signal))))
  })
  const unread = whenUnread(request.streams.stdout)
  given.add(unread.stop)
  try {
    return await Promise.race([run(request, { pipes, given }), cut, unread.code])
  } finally {
    for (const giveBack of given) giveBack()
    const isGone = await forget(
      request,
      pipes.map(({ client }) => client),
    )
    if (!isGone) say(request.streams.stderr, left(request.workspace))
  }
}

function left(workspace: string): string {
  return `ws: The worker does not answer. What ran in “${workspace}” may go on there; ws shell ${workspace} --attach shows it.`
}

interface Taken {
  /** What was opened, to be forgotten at the end. */
  pipes: Pipe[]
  /** What is to be given back at the end. */
  given: Set<() => void>
}

async function run(request: ShellRequest, { pipes, given }: Taken): Promise<number> {
  const { worker, workspace, command, streams } = request
  const folder = `/tmp/ws-${randomUUID()}`
  const title = (command[0] ?? 'shell').slice(0, 100)
  let resumeInput: (held: number) => void = () => undefined
  const output = openPipe({
    ...{ worker, workspace, title, out: streams.stdout },
    command: runProgram(folder, command),
    changed: lineNotice(streams.stderr),
    inputTaken: (held) => resumeInput(held),
  })
  pipes.push(output)
  await output.ready
  const errors = openPipe({
    ...{ worker, workspace, title: `${title} (errors)`, out: streams.stderr },
    command: errorsProgram(folder),
    changed: () => undefined,
  })
  pipes.push(errors)
  const feeding = feed(streams.stdin, output.client)
  resumeInput = feeding.taken
  given.add(feeding.stop)
  const [exit] = await Promise.all([output.ended, errors.ended])
  return exitCodeOf(exit)
}

/** Sends all of `stdin`, no faster than it is taken. */
function feed(stdin: NodeJS.ReadStream, client: TerminalClient): { taken(held: number): void; stop(): void } {
  const read = (bytes: Buffer): void => {
    for (const block of inputBlocks(bytes)) client.write(block)
    if (client.pendingInputBytes > HELD_INPUT_BYTES) stdin.pause()
  }
  const ended = (): void => client.write(END_OF_INPUT)
  stdin.on('data', read)
  stdin.once('end', ended)
  stdin.once('error', ended)
  return {
    taken: (held) => {
      if (held < HELD_INPUT_BYTES / 2) stdin.resume()
    },
    stop: () => {
      stdin.off('data', read)
      stdin.off('end', ended)
      stdin.off('error', ended)
      stdin.pause()
    },
  }
}
