import { readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { WorkspaceRecord } from '../../store/records.ts'
import type { WorkspaceDeps } from '../deps.ts'
import type { StartScript } from './start-script.ts'

/** What the runtime takes as the standard input of a program. */
const LONGEST_SCRIPT = 1_000_000

type WorkerScriptDeps = Pick<WorkspaceDeps, 'config' | 'configDir' | 'log'>

/** The worker's script and then the workspace's own; one that holds nothing but comments is none. */
export async function startScriptsOf(
  deps: WorkerScriptDeps,
  record: Pick<WorkspaceRecord, 'startScript'>,
): Promise<StartScript[]> {
  const scripts: StartScript[] = [
    { owner: 'the worker', content: await readWorkerScript(deps) },
    { owner: 'this workspace', content: record.startScript ?? '' },
  ]
  return scripts.filter(({ content }) => hasCommands(content))
}

/** Whether a script does anything: a line that is neither empty nor a comment. */
export function hasCommands(script: string): boolean {
  return script.split('\n').some((line) => /^\s*[^\s#]/.test(line))
}

/** Empty where none is named, or the file is not there: it is the user's to move away. */
async function readWorkerScript({ config, configDir, log }: WorkerScriptDeps): Promise<string> {
  const named = config.scripts.post_start
  if (named === undefined || named === '') return ''
  try {
    const content = await readFile(path.resolve(configDir, named.replace(/^~(?=\/|$)/, os.homedir())), 'utf8')
    // Edited on Windows: no interpreter is called "bash\r".
    return content.replaceAll('\r\n', '\n').slice(0, LONGEST_SCRIPT)
  } catch (error) {
    log.warn({ err: error }, 'the start script of the worker cannot be read, and is not run')
    return ''
  }
}
