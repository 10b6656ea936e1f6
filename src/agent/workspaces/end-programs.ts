import type { DeletionReport } from '../../contract/agent/workspace.ts'
import { EndAnswer, type EndOrder } from '../../contract/runtime/end.ts'
import { plainWords } from '../engine/docker/translate.ts'
import type { Engine, ExecSession } from '../engine/engine.ts'
import { unlookable } from './deletion-report.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { placeOf, subjectOf } from './subject.ts'

/** The argument by which the runtime's program ends what runs in its container, and its own grace time of 10 s. */
const END_PROGRAMS = 'end-programs'
const LIMIT_MS = 20_000
/** More where it looks for work afterwards, for which the runtime takes 20 s at most. */
const REPORT_LIMIT_MS = 25_000
/** A report of 1000 reasons, with long names. */
const LARGEST_ANSWER = 4_194_304

/**
 * Gives the programs in a running workspace the time to save what they hold, before its container stops: an engine's
 * stop asks the container's first program alone, and kills the rest as soon as that one ends. With `report`, what a
 * deletion would lose is looked for after that, so that what they have saved counts: undefined where that was not to be
 * had. Never rejects: what does not work is logged, and the container is stopped all the same.
 */
export async function endPrograms(
  deps: WorkspaceDeps,
  { engine, entry, report }: { engine: Engine; entry: Entry; report: boolean },
): Promise<DeletionReport | undefined> {
  if (entry.life.runtime === 'unsupported') {
    await deps.engineTerminals.endPrograms(placeOf(entry))
    return report ? unlookable(deps, entry.life.runtimeMessage ?? '') : undefined
  }
  const { name, containerId } = entry.record
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), report ? LIMIT_MS + REPORT_LIMIT_MS : LIMIT_MS)
  try {
    const { command } = await deps.delivery.ensure(engine)
    const { user } = subjectOf(deps, entry)
    const order: EndOrder = { report, ...(user === undefined ? {} : { user }) }
    const exec = { command: [...command, END_PROGRAMS], user: '0:0', stdin: `${JSON.stringify(order)}\n` }
    const answer = await answerOf(engine.containers.exec(containerId, exec), limit.signal)
    if (answer.left !== '') {
      deps.log.warn({ workspace: name, words: answer.left }, 'the programs of a workspace did not all end')
      if (answer.report !== undefined) return notSure(answer.report)
    }
    return answer.report
  } catch (error) {
    deps.log.warn({ err: error, workspace: name }, 'the programs of a workspace could not be asked to end')
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

/** What programs that did not end may have written since, or not yet, is in no report. */
function notSure(report: DeletionReport): DeletionReport {
  const message = 'Not all of its programs had ended when it was checked.'
  return { ...report, clean: false, reasons: [{ kind: 'unknown', message }, ...report.reasons] }
}

/** What the program answered. Rejects when `signal` aborts first; its streams are let go then. */
function answerOf(starting: Promise<ExecSession>, signal: AbortSignal): Promise<EndAnswer> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('It took too long.'))
      starting.then(
        (session) => session.close(),
        () => undefined,
      )
    })
    starting.then(read).then(resolve, reject)
  })
}

async function read(session: ExecSession): Promise<EndAnswer> {
  const said: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] }
  let length = 0
  try {
    for await (const { stream, bytes } of session.output) {
      length += bytes.length
      if (length > LARGEST_ANSWER) throw new Error('Its answer is too large.')
      said[stream].push(bytes)
    }
    const [answer, words] = [said.stdout, said.stderr].map((parts) => Buffer.concat(parts).toString('utf8'))
    const exitCode = await session.exitCode()
    if (exitCode !== 0) throw new Error(`It ended with ${exitCode ?? 'no code'}: ${plainWords(words ?? '')}`)
    return EndAnswer.parse(JSON.parse(answer ?? ''))
  } finally {
    session.close()
  }
}
