import { spawn } from 'node:child_process'
import { platform } from 'node:process'
import { findProgram } from '../setup/debian-packages.ts'
import { hasDisplay } from '../setup/electron.ts'

/** Shows `url` in the user's browser. Returns false where there is none to be asked. */
export async function openBrowser(url: string): Promise<boolean> {
  const command = await opener()
  if (!command) return false
  const [program = '', ...args] = command
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true })
  child.unref()
  return new Promise((resolve) => {
    child.once('error', () => {
      resolve(false)
    })
    child.once('spawn', () => {
      resolve(true)
    })
  })
}

async function opener(): Promise<readonly string[] | undefined> {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  const program = hasDisplay() ? await findProgram('xdg-open') : undefined
  return program === undefined ? undefined : [program]
}
