import type { WorkerClient } from '../../../client/worker-client.ts'
import type { Terminal } from '../../../contract/agent/terminals.ts'
import { TerminalId } from '../../../contract/terminal/terminal.ts'
import { CliFailure, usageFailure } from '../../cli-failure.ts'
import { formatSpan } from '../../output/duration.ts'
import { formatTable } from '../../output/table.ts'
import { ask } from '../../question.ts'
import { type Streams, say } from '../../terminal-streams.ts'

const SHORT_ID = 8

/** Which terminal `--attach` means. */
export interface Wanted {
  workspace: string
  /** An id, the beginning of one, or a title; absent: the only one, or the one that is chosen from a list. */
  terminal: string | undefined
  streams: Streams
}

/** The id of the terminal to attach to. Rejects with `CliFailure` where there is none, or more than one answers. */
export async function chooseTerminal(worker: WorkerClient, wanted: Wanted): Promise<string> {
  const { workspace, terminal } = wanted
  if (terminal !== undefined && TerminalId.safeParse(terminal).success) return terminal
  const running = (await worker.api.terminals.list({ workspace })).filter(runs)
  const found = terminal === undefined ? running : matching(running, terminal)
  const [first, ...others] = found
  if (first === undefined) throw nothingFound(wanted)
  if (others.length === 0) return first.id
  if (terminal !== undefined) throw usageFailure(`“${terminal}” is more than one terminal.`, listOf(found))
  return pick(found, wanted.streams)
}

const runs = ({ exit, endedBy }: Terminal): boolean => exit === undefined && endedBy === undefined

function matching(running: readonly Terminal[], wanted: string): Terminal[] {
  const titled = running.filter(({ title }) => title === wanted)
  return titled.length > 0 ? titled : running.filter(({ id }) => id.startsWith(wanted.toLowerCase()))
}

function nothingFound({ workspace, terminal }: Wanted): CliFailure {
  const hint =
    terminal === undefined ? `Open one: ws shell ${workspace}` : `See which there are: ws shell ${workspace} --attach`
  const message = terminal === undefined ? `No terminal runs in “${workspace}”.` : `No terminal is “${terminal}”.`
  return new CliFailure(message, { code: 'NOT_FOUND', hint })
}

async function pick(found: readonly Terminal[], streams: Streams): Promise<string> {
  say(streams.stderr, listOf(found))
  const answer = await ask(`Which one? [1–${found.length}] `, streams)
  const chosen = /^\d{1,4}$/.test(answer.trim()) ? found[Number(answer) - 1] : undefined
  if (chosen === undefined) throw new CliFailure('None was chosen.', { code: 'INTERRUPTED' })
  return chosen.id
}

function listOf(terminals: readonly Terminal[]): string {
  const now = Date.now()
  const rows = terminals.map(({ id, title, createdAt, clients }, index) => [
    String(index + 1),
    id.slice(0, SHORT_ID),
    title,
    formatSpan(now - Date.parse(createdAt)),
    String(clients),
  ])
  return formatTable(['', 'ID', 'TITLE', 'AGE', 'WATCHERS'], rows)
}
