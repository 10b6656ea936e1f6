import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { arch, env, platform } from 'node:process'
import { exists } from '../setup/debian-packages.ts'
import { PROJECT_FOLDER } from '../setup/project.mjs'

/** The Electron that an app is packed with: one that lies on this computer, or the pinned one, which is then fetched. */
export interface PackedElectron {
  electronVersion?: string
  electronDist?: string
}

/**
 * Chooses the Electron for this computer's own platform: the folder that `ELECTRON_OVERRIDE_DIST_PATH` names, whatever
 * version it holds, else the one that the `electron` package has fetched already. Where there is neither, the version of
 * the package is fetched.
 */
export async function chooseElectron(): Promise<PackedElectron> {
  const folders = [env['ELECTRON_OVERRIDE_DIST_PATH'], path.join(PROJECT_FOLDER, 'node_modules/electron/dist')]
  for (const folder of folders) {
    if (folder === undefined) continue
    const version = path.join(folder, 'version')
    if (await exists(version)) {
      // The package's own file has a version alone; release builds write a `v` before it.
      const text = (await readFile(version, 'utf8')).trim()
      return { electronVersion: text.replace(/^v/, ''), electronDist: folder }
    }
  }
  return {}
}

/** The folder that electron-builder makes for this computer's own platform and processor, below its output folder. */
export function unpackedFolder(): string {
  const suffix = arch === 'arm64' ? '-arm64' : ''
  if (platform === 'darwin') return `mac${suffix}`
  return platform === 'win32' ? `win${suffix}-unpacked` : `linux${suffix}-unpacked`
}
