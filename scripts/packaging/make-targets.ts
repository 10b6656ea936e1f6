import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { env, platform } from 'node:process'
import { build } from '../build/build.ts'
import { canInstallPackages, findProgram, installPackages } from '../setup/debian-packages.ts'
import { PROJECT_FOLDER, say } from '../setup/project.mjs'
import { runTool } from '../tool.ts'
import { readConfiguration, targetsFor } from './configuration.ts'
import { unpackedFolder } from './electron.ts'
import { writeLicences } from './licences.ts'
import { packApp } from './pack.ts'

const OUTPUT = path.join(PROJECT_FOLDER, 'dist')
const MEBIBYTE = 1024 * 1024

/**
 * Builds everything, packs it into a folder and makes `wanted` of that, or every target of this platform. Says what was
 * made, with its size, and why something was not. True when all that had to be made was: what was named, or the folder.
 */
export async function makeTargets(wanted: readonly string[]): Promise<boolean> {
  await build()
  const { code, output } = await runTool('scripts/build-runtime.mjs', ['--all'])
  if (code !== 0) throw new Error(`The runtime could not be built for every kind of Linux:\n${output.trim()}`)
  say(`Collected the licences of ${await writeLicences()} packages`)
  await prepareTools()
  say('Packing the app …')
  await packApp({ targets: ['dir'] })
  const folder = path.join(OUTPUT, unpackedFolder())
  say(`Made ${path.relative(PROJECT_FOLDER, folder)} (${await sizeOf(folder)})`)
  const all = wanted.length > 0 ? wanted : targetsFor(await readConfiguration(), platform)
  const failed: string[] = []
  for (const target of all.filter((each) => each !== 'dir')) {
    if (!(await makeTarget(target, folder))) failed.push(target)
  }
  return wanted.length === 0 || failed.length === 0
}

async function makeTarget(target: string, prepackaged: string): Promise<boolean> {
  say(`Making ${target} …`)
  try {
    for (const file of await packApp({ targets: [target], prepackaged })) {
      say(`Made ${path.relative(PROJECT_FOLDER, file)} (${await sizeOf(file)})`)
    }
    return true
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    say(`Not made: ${target}, because its tool could not be had or failed here (${reason.slice(0, 200)})`)
    return false
  }
}

/** electron-builder fetches its tools where it is not told that they are here already. */
async function prepareTools(): Promise<void> {
  // Its own choice for archives takes minutes, and saves one part in a hundred.
  env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] ??= '5'
  if (platform !== 'linux') return
  if ((await findProgram('7za')) === undefined && (await canInstallPackages())) {
    await installPackages(['p7zip-full'], 'Archives are made with 7-Zip')
  }
  const tools = [
    ['ELECTRON_BUILDER_7ZIP_PATH', await findProgram('7za')],
    ['CUSTOM_FPM_PATH', await findProgram('fpm')],
  ] as const
  for (const [variable, program] of tools) {
    if (program !== undefined) env[variable] ??= program
  }
}

async function sizeOf(place: string): Promise<string> {
  return `${Math.round((await bytesOf(place)) / MEBIBYTE)} MB`
}

async function bytesOf(place: string): Promise<number> {
  const found = await stat(place)
  if (found.isFile()) return found.size
  const entries = await readdir(place, { withFileTypes: true })
  const counted = entries.filter((entry) => entry.isFile() || entry.isDirectory())
  const sizes = await Promise.all(counted.map((entry) => bytesOf(path.join(place, entry.name))))
  return sizes.reduce((total, size) => total + size, 0)
}
