import { access } from 'node:fs/promises'
import path from 'node:path'

const PROGRAMS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['/Applications/Docker.app', '/Applications/OrbStack.app', '/Applications/Rancher Desktop.app'],
  win32: ['C:\\Program Files\\Docker\\Docker\\Docker Desktop.exe'],
}

/** Whether the program of an engine is on this computer: on the PATH, or where its installer puts it. */
export async function isEngineInstalled(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<boolean> {
  const folders = (environment['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '')
  const names = platform === 'win32' ? ['docker.exe', 'podman.exe'] : ['dockerd', 'colima', 'orb', 'podman']
  // Services find their programs in places that a user's PATH may lack.
  const places = [...folders, ...(platform === 'linux' ? ['/usr/bin', '/usr/sbin', '/usr/local/bin'] : [])]
  const candidates = [
    ...(PROGRAMS[platform] ?? []),
    ...places.flatMap((folder) => names.map((name) => path.join(folder, name))),
  ]
  const found = await Promise.all(candidates.map(exists))
  return found.includes(true)
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch {
    return false
  }
}
