import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { AfterExtractContext, Configuration } from 'app-builder-lib'
import { Platform, build as pack } from 'electron-builder'
import { PROJECT_FOLDER } from '../setup/project.mjs'
import { CONFIGURATION_FILE } from './configuration.ts'
import { chooseElectron } from './electron.ts'

export interface PackOptions {
  /** What is made, in electron-builder's words: `dir`, `tar.gz`, `deb`, `dmg` … */
  targets: readonly string[]
  /** Folder for what is made, from the project's. */
  output?: string
  /** Fuses that differ from those of a release. */
  fuses?: Configuration['electronFuses']
  /** An app that was packed as `dir` already, to make the targets from. */
  prepackaged?: string
}

/** Packs what has been built, for this computer's own platform and processor. Returns the files that it made. */
export async function packApp({ targets, output, fuses, prepackaged }: PackOptions): Promise<string[]> {
  const electron = await chooseElectron()
  return pack({
    targets: Platform.current().createTarget([...targets]),
    projectDir: PROJECT_FOLDER,
    publish: 'never',
    ...(prepackaged === undefined ? {} : { prepackaged }),
    config: {
      extends: CONFIGURATION_FILE,
      ...electron,
      ...(output === undefined ? {} : { directories: { output } }),
      ...(fuses === undefined ? {} : { electronFuses: fuses }),
      afterExtract: removeDefaultApp,
    },
  })
}

/** An Electron distribution that is run as it is brings an app of its own, which has no place in ours. */
async function removeDefaultApp({ appOutDir, packager }: AfterExtractContext): Promise<void> {
  const resources = packager.getResourcesDir(appOutDir)
  for (const name of ['app', 'default_app.asar']) await rm(path.join(resources, name), { recursive: true, force: true })
}
