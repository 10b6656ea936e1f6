import { LineSplitter } from '../repository/git-progress.ts'
import { type Inside, runInside } from '../run-inside.ts'
import { StepFailed } from '../step-failed.ts'
import type { StartScript } from './start-script.ts'

/**
 * Puts what comes on standard input into a file and runs that, so that its `#!` line counts and the script's programs do
 * not read the script. Ours alone: nothing of anybody's is ever put into this text.
 */
const LAUNCH =
  'f=$(mktemp -t berth-start.XXXXXX) && cat >"$f" && chmod 700 "$f" || exit 125; "$f" </dev/null; s=$?; rm -f "$f"; exit "$s"'

export interface ScriptRun {
  script: StartScript
  timeoutSeconds: number
  onLine: (line: string) => void
}

/** Runs a start script in a workspace as its user. Throws `StepFailed` where it fails or takes too long. */
export async function runScript(inside: Inside, { script, timeoutSeconds, onLine }: ScriptRun): Promise<void> {
  const lines = new LineSplitter()
  const program = { command: ['/bin/sh', '-c', LAUNCH, 'berth-start-script'], stdin: script.content, timeoutSeconds }
  const end = await runInside(inside, program, (_stream, text) => {
    for (const line of lines.push(text)) onLine(line)
  })
  for (const line of lines.end()) onLine(line)
  if (end.kind === 'exited' && end.exitCode === 0) return
  const called = `The start script of ${script.owner}`
  if (end.kind === 'timeout') {
    throw new StepFailed(
      'script_timeout',
      `${called} did not end in ${timeoutSeconds} seconds and was stopped.`,
      'Let what runs on do so in the background ("&"), or give it more time (scripts.timeoutSeconds in config.json).',
    )
  }
  throw new StepFailed(
    'script_failed',
    `${called} ended with exit code ${end.exitCode}.`,
    'The log has its output. Put it right, in the script or in a terminal of this workspace, then try again.',
  )
}
