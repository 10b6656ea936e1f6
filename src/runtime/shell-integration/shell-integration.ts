import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { BASH_SCRIPT } from './bash-script.ts'
import { USER_FOLDER_VARIABLE, ZSH_SCRIPT, zshEnvironmentFile } from './zsh-script.ts'

/** Turns the marks off, in the environment of a workspace or of the worker. */
const OFF_VARIABLE = 'BERTH_SHELL_INTEGRATION'

/** What the environment of a login shell gets so that it marks its prompts and commands: nothing, or the way to them. */
export type ShellIntegration = (shell: string, env: Record<string, string>) => Record<string, string>

/**
 * Puts what shells read into `folder`, for the user that the runtime has become. Nothing of the user is touched: a shell
 * comes to it by its environment, and reads the user's own files as it would without. Throws where `folder` takes no file.
 */
export function installShellIntegration(folder: string): ShellIntegration {
  const ways: Record<string, ShellIntegration> = { bash: forBash(folder), zsh: forZsh(folder) }
  return (shell, env) => {
    const way = ways[basename(shell)]
    return way === undefined || env[OFF_VARIABLE] === 'off' ? {} : way(shell, env)
  }
}

/**
 * Bash runs `PROMPT_COMMAND` before its first prompt, when the user's own files are through. So a file of the user that
 * breaks, or that sets `PROMPT_COMMAND` itself, leaves a shell as it would be without.
 */
function forBash(folder: string): ShellIntegration {
  const script = join(folder, 'bash-integration.sh')
  write(script, BASH_SCRIPT)
  // The script takes these very words out of `PROMPT_COMMAND` again.
  const loader = `[ ! -r ${script} ] || . ${script}`
  return (_shell, env) => {
    const own = env['PROMPT_COMMAND']
    return { PROMPT_COMMAND: own === undefined ? loader : `${loader}\n${own}` }
  }
}

/** Zsh reads its first file where `ZDOTDIR` leads to; that one leads back to the user's before another is looked for. */
function forZsh(folder: string): ShellIntegration {
  const script = join(folder, 'zsh-integration.zsh')
  const start = join(folder, 'zsh')
  write(script, ZSH_SCRIPT)
  mkdirSync(start, { recursive: true, mode: 0o700 })
  write(join(start, '.zshenv'), zshEnvironmentFile(script))
  return (_shell, { ZDOTDIR: own }) => ({
    ZDOTDIR: start,
    ...(own === undefined ? {} : { [USER_FOLDER_VARIABLE]: own }),
  })
}

function write(file: string, content: string): void {
  writeFileSync(file, content, { mode: 0o600 })
}
