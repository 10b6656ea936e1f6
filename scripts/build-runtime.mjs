// Builds out/runtime/<linux-x64|linux-arm64>/: what the agent puts into workspaces. `--all` builds every architecture,
// the default is the machine's own. What is there already and has not changed is left as it is.
import { createHash } from 'node:crypto'
import { copyFile, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsdown'
import { fetchRuntimeAssets } from './runtime-assets.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const CACHE = join(ROOT, '.cache/runtime')
const ARCHITECTURES = ['linux-x64', 'linux-arm64']
/** Argv of a start; paths are relative to the version's folder. */
const COMMAND = ['bin/node', 'runtime.cjs']

const ownArch = process.arch === 'arm64' ? 'linux-arm64' : 'linux-x64'
const wanted = process.argv.includes('--all') ? ARCHITECTURES : [ownArch]
const version = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')).version
await build({ config: join(ROOT, 'tsdown.runtime.config.ts') })
const BUNDLE = join(CACHE, 'bundle')
const bundled = ['runtime.cjs', 'screens.cjs']
for (const arch of wanted) await assemble(arch)

/** @param {string} arch */
async function assemble(arch) {
  const assets = await fetchRuntimeAssets(arch, CACHE)
  const programs = bundled.map((name) => ({ path: join(BUNDLE, name), as: name }))
  const own = await Promise.all(programs.map(async (file) => ({ ...file, integrity: await digestOf(file.path) })))
  const files = [...assets, ...own]
  const digest = createHash('sha256')
    .update(JSON.stringify([COMMAND, files.map(({ as, integrity }) => [as, integrity])]))
    .digest('hex')
  const manifest = `${JSON.stringify({ version, digest, command: COMMAND }, null, 2)}\n`
  const folder = join(ROOT, 'out/runtime', arch)
  if ((await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '')) === manifest) return
  // The manifest is written last: a folder without one is not a runtime. The folder itself stays, and each file is
  // replaced at once: a container may have it mounted, and run what was in it.
  await rm(join(folder, 'manifest.json'), { force: true })
  await mkdir(join(folder, 'bin'), { recursive: true })
  for (const { path, as } of files) await place(path, join(folder, as))
  await writeFile(join(folder, 'manifest.json'), manifest)
  console.log(`out/runtime/${arch}: ${version}-${digest.slice(0, 12)}`)
}

/**
 * @param {string} source
 * @param {string} destination
 */
async function place(source, destination) {
  const draft = `${destination}.draft`
  await rm(draft, { force: true })
  // The bundle is written anew in place by the next build; a link would change with it.
  if (dirname(source) === BUNDLE) await copyFile(source, draft)
  else await link(source, draft).catch(() => copyFile(source, draft))
  await rename(draft, destination)
  // Two names of one file: then rename(2) does nothing, and the draft is still there.
  await rm(draft, { force: true })
}

/** @param {string} path */
async function digestOf(path) {
  return `sha256-${createHash('sha256')
    .update(await readFile(path))
    .digest('base64')}`
}
