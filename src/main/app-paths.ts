import { join } from 'node:path'

export interface AppPaths {
  renderer: string
  preload: string
  agentEntry: string
  /** The program of the thread that calls the keychain. */
  keychainThread: string
  /** Folder with `images/` and `manifest.json`. */
  resources: string
  /** Folder with a built runtime per platform. */
  runtime: string
}

/**
 * Where the parts of the app lie. `mainDir` is the folder of the built main program (`out/main`), the same in a clone
 * and in a package; what workspaces receive lies beside the archive in a package, because an engine cannot read into it.
 */
export function appPaths(deps: { mainDir: string; isPackaged: boolean; resourcesPath: string }): AppPaths {
  const { mainDir, isPackaged, resourcesPath } = deps
  const out = join(mainDir, '..')
  return {
    renderer: join(out, 'renderer'),
    preload: join(out, 'preload', 'preload.cjs'),
    agentEntry: join(mainDir, 'agent-process.js'),
    keychainThread: join(mainDir, 'keychain-thread.js'),
    resources: isPackaged ? resourcesPath : join(out, '..', 'resources'),
    runtime: isPackaged ? join(resourcesPath, 'runtime') : join(out, 'runtime'),
  }
}
