import { chmod, lstat, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { platform } from 'node:process'
import { PROJECT_FOLDER } from '../setup/project.mjs'

const COMMAND = 'out/cli/ws.js'

/**
 * Puts the built `ws` where `npx ws` finds it in this clone: npm links the commands of packages, never those of the
 * project itself, and there is a package of that name among the dependencies.
 */
export async function linkCommand(): Promise<void> {
  const link = path.join(PROJECT_FOLDER, 'node_modules/.bin/ws')
  await chmod(path.join(PROJECT_FOLDER, COMMAND), 0o755)
  if (platform === 'win32') {
    await writeFile(`${link}.cmd`, `@node "%~dp0\\..\\..\\${COMMAND.replaceAll('/', '\\')}" %*\r\n`)
    return
  }
  if (await lstat(link).catch(() => undefined)) await rm(link)
  await symlink(`../../${COMMAND}`, link)
}
