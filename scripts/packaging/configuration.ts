import path from 'node:path'
import type { Configuration, TargetConfigType } from 'app-builder-lib'
import { getConfig } from 'app-builder-lib/out/util/config/config.js'
import { PROJECT_FOLDER } from '../setup/project.mjs'

/** The file that says what is packed, and how. */
export const CONFIGURATION_FILE = path.join(PROJECT_FOLDER, 'electron-builder.yml')

/** What that file holds, with electron-builder's own defaults. */
export function readConfiguration(): Promise<Configuration> {
  return getConfig(PROJECT_FOLDER, CONFIGURATION_FILE, null)
}

/** Names of the targets that the configuration has for a platform. */
export function targetsFor(configuration: Configuration, platform: NodeJS.Platform): string[] {
  const options = { darwin: configuration.mac, win32: configuration.win, linux: configuration.linux }
  if (platform !== 'darwin' && platform !== 'win32' && platform !== 'linux') return []
  return namesOf(options[platform]?.target)
}

function namesOf(target: TargetConfigType | null | undefined): string[] {
  if (target === undefined || target === null) return []
  const all = Array.isArray(target) ? target : [target]
  return all.map((each) => (typeof each === 'string' ? each : each.target))
}
