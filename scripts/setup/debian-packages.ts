import { access } from 'node:fs/promises'
import path from 'node:path'
import { getuid, platform } from 'node:process'
import { runCommand } from '../tool.ts'
import { say } from './project.mjs'

/** Whether packages can be installed here without asking anyone: Debian or Ubuntu, and we are root already. */
export async function canInstallPackages(): Promise<boolean> {
  return platform === 'linux' && getuid?.() === 0 && (await findProgram('apt-get')) !== undefined
}

/** Where `name` is on the PATH. */
export async function findProgram(name: string): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '')
  for (const folder of folders) {
    const file = path.join(folder, platform === 'win32' ? `${name}.exe` : name)
    if (await exists(file)) return file
  }
  return undefined
}

/** Whether there is a file or folder at this path. */
export async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

/** Installs Debian packages. Returns false, having shown what apt-get said, where that did not work. */
export async function installPackages(packages: readonly string[], why: string): Promise<boolean> {
  say(`${why}: installing ${packages.join(', ')} with apt-get (a minute or two) …`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runCommand('apt-get', ['update', '-qq'], env)
  const { code, output } = await runCommand(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    env,
  )
  if (code !== 0) console.error(output.trim())
  return code === 0
}
