import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { BASH_SCRIPT } from './bash-script.ts'

/** Turns the marks off, in the environment of a workspace or of the worker. */
const OFF_VARIABLE = 'BERTH_SHELL_INTEGRATION'

/** What the environment of a login shell gets so that it marks its prompts and commands: nothing, or the way to them. */
export type ShellIntegration = (shell: string, env: Record<string, string>) => Record<string, string>

/**
 * Puts what shells read into `folder`, for the user that the runtime has become. Nothing of the user is touched: bash
 * comes to it by `PROMPT_COMMAND`, which it runs before its first prompt, when the user's own files are through. So a
 * file of the user that breaks, or that sets `PROMPT_COMMAND` itself, leaves a shell as it would be without.
 */
export function installShellIntegration(folder: string): ShellIntegration {
  const script = join(folder, 'bash-integration.sh')
  writeFileSync(script, BASH_SCRIPT, { mode: 0o600 })
  // The script takes these very words out of `PROMPT_COMMAND` again.
  const loader = `[ ! -r ${script} ] || . ${script}`
  return (shell, env) => {
    if (basename(shell) !== 'bash' || env[OFF_VARIABLE] === 'off') return {}
    const own = env['PROMPT_COMMAND']
    return { PROMPT_COMMAND: own === undefined ? loader : `${loader}\n${own}` }
  }
}
