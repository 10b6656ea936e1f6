import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { PROJECT_FOLDER } from '../setup/project.mjs'

const LockedPackage = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
})
const LockFile = z.object({ packages: z.record(z.string(), LockedPackage) })
type LockedPackages = z.infer<typeof LockFile>['packages']

/** Machine code that travels into workspaces; it is fetched, and so not in the lock file. */
const FETCHED = `${heading('Node.js')}Its licence lies beside it: runtime/*/LICENSE.node.

${heading('node-pty 1.1.0 (MIT)')}Copyright (c) 2012-2015, Christopher Jeffrey; 2016, Daniel Imms; 2018, Microsoft Corporation
https://github.com/microsoft/node-pty/blob/v1.1.0/LICENSE
`
const IMPORT = /(?:from|import) ['"]((?:@[\w.-]+\/)?[\w.-]+)/g
const LICENCE_FILE = /^(licen[cs]e|copying|notice)(\.|-|$)/i

/** Writes what the packages that are in the app ask to be told with it, into `dist/licences`. Returns their number. */
export async function writeLicences(): Promise<number> {
  const { packages } = LockFile.parse(
    JSON.parse(await readFile(path.join(PROJECT_FOLDER, 'package-lock.json'), 'utf8')),
  )
  const keys = shippedPackages(packages, await importedByScreens())
  const sections = await Promise.all(keys.map((key) => sectionOf(key, packages)))
  const folder = path.join(PROJECT_FOLDER, 'dist/licences')
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'third-party.txt'), [...sections, FETCHED].join('\n'))
  return sections.length
}

/**
 * Keys in the lock file of all packages that are in the app: those that its programs depend on, and those that the screens
 * are bundled from, each with what it depends on in turn.
 */
export function shippedPackages(packages: LockedPackages, bundled: readonly string[]): string[] {
  const shipped = new Set(
    Object.keys(packages).filter((key) => key.startsWith('node_modules/') && packages[key]?.dev !== true),
  )
  const waiting = bundled.map((name) => `node_modules/${name}`)
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const found = packages[key]
    if (found === undefined || shipped.has(key)) continue
    shipped.add(key)
    for (const name of Object.keys(found.dependencies ?? {})) waiting.push(resolveFrom(key, name, packages))
  }
  return [...shipped].sort()
}

/** Where `name` is found by a package that lies at `key`: in its own folder, or in one further up. */
function resolveFrom(key: string, name: string, packages: LockedPackages): string {
  const inside = `${key}/node_modules/${name}`
  if (packages[inside] !== undefined) return inside
  const up = key.lastIndexOf('/node_modules/')
  return up === -1 ? `node_modules/${name}` : resolveFrom(key.slice(0, up), name, packages)
}

/** Names of the packages that the sources of the screens import. */
async function importedByScreens(): Promise<string[]> {
  const names = new Set<string>()
  for (const folder of ['src/renderer', 'src/client']) {
    for (const file of await readdir(path.join(PROJECT_FOLDER, folder), { recursive: true, withFileTypes: true })) {
      if (!file.isFile() || !/\.(tsx?|css)$/.test(file.name)) continue
      const text = await readFile(path.join(file.parentPath, file.name), 'utf8')
      for (const [, name] of text.matchAll(IMPORT)) if (name !== undefined) names.add(name)
    }
  }
  return [...names]
}

async function sectionOf(key: string, packages: LockedPackages): Promise<string> {
  const name = key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const { version = '', license = 'see its files' } = packages[key] ?? {}
  const folder = path.join(PROJECT_FOLDER, key)
  const files = (await readdir(folder).catch(() => [])).filter((file) => LICENCE_FILE.test(file))
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8').catch(() => '')))
  return `${heading(`${name} ${version} (${license})`)}${texts.map((text) => text.trim()).join('\n\n')}\n`
}

function heading(title: string): string {
  return `${'='.repeat(80)}\n${title}\n${'='.repeat(80)}\n`
}
