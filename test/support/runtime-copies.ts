import { createHash } from 'node:crypto'
import { linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { RUNTIME_DIR } from './core-folders.ts'

/** Of containers here, as the build names it. */
export const PLATFORM = `linux-${process.arch === 'arm64' ? 'arm64' : 'x64'}`
const MANIFEST = 'manifest.json'

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
