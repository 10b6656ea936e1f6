import { createHash } from 'node:crypto'
import { linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { HAND_OVER_PATH } from '../../src/contract/runtime/hand-over.ts'
import { RUNTIME_DIR } from './core-folders.ts'

/** Of containers here, as the build names it. */
export const PLATFORM = `linux-${process.arch === 'arm64' ? 'arm64' : 'x64'}`
const MANIFEST = 'manifest.json'

const BROKEN = `const line = Buffer.alloc(65536)
const { port, token, takeOver } = JSON.parse(line.toString('utf8', 0, require('fs').readSync(0, line)))
const end = () => { console.error('It is broken.'); process.exit(1) }
if (!takeOver) end()
const headers = { authorization: 'Bearer ' + token }
require('http').request({ host: '127.0.0.1', port, method: 'POST', path: '${HAND_OVER_PATH}', headers }, end).end()
`

/** Copies of the built runtime, each of which says that it is of another version; gone when disposed of. */
export class RuntimeCopies {
  /** Holds a folder for each version, with one for the platform in it. */
  readonly folder: string

  constructor(...versions: string[]) {
    // On the file system of what is built, so that nothing but the names is copied.
    this.folder = mkdtempSync(path.join(RUNTIME_DIR, '../../.cache', 'runtimes-'))
    for (const version of versions) copyAs(version, path.join(this.runtimeDir(version), PLATFORM))
  }

  /** The folder of one version, as an agent takes it. */
  runtimeDir(version: string): string {
    return path.join(this.folder, version)
  }

  /** Has one version take the place of the runtime that runs, and then not come up. */
  break(version: string): void {
    const program = path.join(this.runtimeDir(version), PLATFORM, 'runtime.cjs')
    // It is a link to the one that works.
    rmSync(program)
    writeFileSync(program, BROKEN)
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true })
  }
}

function copyAs(version: string, to: string): void {
  const from = path.join(RUNTIME_DIR, PLATFORM)
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    const copy = path.join(to, path.relative(from, file))
    mkdirSync(entry.isDirectory() ? copy : path.dirname(copy), { recursive: true })
    if (entry.isFile() && entry.name !== MANIFEST) linkSync(file, copy)
  }
  const manifest: object = JSON.parse(readFileSync(path.join(from, MANIFEST), 'utf8'))
  const digest = createHash('sha256').update(version).digest('hex')
  writeFileSync(path.join(to, MANIFEST), JSON.stringify({ ...manifest, version, digest }))
}
