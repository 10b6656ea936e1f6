import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from '../boot/accounts.ts'

const FALLBACK_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
/** Of the runtime's own start, or of another terminal: not what a program of the user should see. */
const NOT_INHERITED = ['HOME', 'USER', 'LOGNAME', 'SHELL', 'PWD', 'OLDPWD', 'SHLVL', '_']

/** The environment of the user's programs: the image's, then the workspace's own values, then who the user is. */
export function userEnvironment(options: {
  image: Record<string, string | undefined>
  workspace: Record<string, string>
  account: Account
  workspaceId: string
  workFolder: string
}): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(options.image)) {
    if (value !== undefined && !NOT_INHERITED.includes(name)) env[name] = value
  }
  env['PATH'] ||= FALLBACK_PATH
  env['LANG'] ||= 'C.UTF-8'
  Object.assign(env, options.workspace)
  const { account } = options
  return {
    ...env,
    HOME: account.home,
    USER: account.name,
    LOGNAME: account.name,
    SHELL: loginShell(account.shell),
    WORKSPACE_ID: options.workspaceId,
    WORKSPACE_PATH: options.workFolder,
  }
}

/** What a terminal adds to `userEnvironment`. */
export function terminalEnvironment(env: Record<string, string>, cwd: string): Record<string, string> {
  return { ...env, PWD: cwd, TERM: 'xterm-256color', COLORTERM: 'truecolor' }
}

/** The user's shell where it can be run, else the best that there is. */
function loginShell(wanted: string): string {
  const candidates = [/\/(nologin|false)$/.test(wanted) ? '' : wanted, '/bin/bash']
  return candidates.find((shell) => shell !== '' && isProgram(shell)) ?? '/bin/sh'
}

/** Where `program` is, looked for as execvp(3) does: with a slash it is a path from `cwd`, else a name in `PATH`. */
export function findProgram(program: string, env: Record<string, string>, cwd: string): string | undefined {
  if (program.includes('/')) {
    const path = program.startsWith('/') ? program : join(cwd, program)
    return isProgram(path) ? path : undefined
  }
  const folders = (env['PATH'] ?? FALLBACK_PATH).split(':')
  return folders.map((folder) => join(folder || cwd, program)).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Where programs start when nobody says: the work folder, or, where the user has put something else there, the next best. */
export function startFolder({ workFolder, home }: { workFolder: string; home: string }): string {
  return [workFolder, home].find(isFolder) ?? '/'
}

/** Whether programs can be started in `path`. */
export function isFolder(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
