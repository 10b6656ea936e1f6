import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { digestOf } from '../build/inputs.ts'
import { PROJECT_FOLDER } from '../setup/project.mjs'
import { chooseElectron, unpackedFolder } from './electron.ts'
import { writeLicences } from './licences.ts'
import { packApp } from './pack.ts'

const OUTPUT = 'dist/test'
const STAMP = path.join(PROJECT_FOLDER, '.cache/build/testable-app')
/** What is in the app, and what says how. */
const INPUTS = [
  ...['out/main', 'out/preload', 'out/renderer', 'out/runtime', 'resources', 'scripts/packaging'],
  ...['electron-builder.yml', 'package.json', 'package-lock.json'],
]

/**
 * Packs what has been built into a folder, as for a release but for one fuse: a test driver attaches by `--inspect`, which
 * a release does not know. Packs once for what has not changed. Returns the program.
 */
export async function packTestableApp(): Promise<string> {
  const folder = path.join(PROJECT_FOLDER, OUTPUT, unpackedFolder())
  const program = path.join(folder, programIn())
  const digest = `${await digestOf(PROJECT_FOLDER, INPUTS)} ${JSON.stringify(await chooseElectron())}`
  if (existsSync(program) && (await readFile(STAMP, 'utf8').catch(() => '')) === digest) return program
  await rm(STAMP, { force: true })
  await writeLicences()
  await packApp({ targets: ['dir'], output: OUTPUT, fuses: { enableNodeCliInspectArguments: true } })
  await mkdir(path.dirname(STAMP), { recursive: true })
  await writeFile(STAMP, digest)
  return program
}

function programIn(): string {
  if (process.platform === 'darwin') return 'Berth.app/Contents/MacOS/Berth'
  return process.platform === 'win32' ? 'Berth.exe' : 'berth'
}
