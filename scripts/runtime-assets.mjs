// The native parts of the runtime: pinned packages from the npm registry, fetched once into .cache/runtime/ and
// checked against the pinned digest before anything of them is used.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'

/**
 * @typedef {{ name: string, integrity: string }} PinnedPackage
 * @typedef {{ version: string, files: Record<string, string>, packages: Record<string, PinnedPackage> }} Asset
 *   `files`: from a path in the package to one in the runtime's folder
 * @typedef {{ path: string, as: string, integrity: string }} FetchedAsset
 */

/** @type {Record<string, Asset>} */
export const RUNTIME_ASSETS = JSON.parse(readFileSync(new URL('runtime-assets.json', import.meta.url), 'utf8'))

const run = promisify(execFile)

/**
 * The files of `arch` in the cache, fetched where they are not there yet.
 * @param {string} arch `linux-x64` or `linux-arm64`
 * @param {string} cacheFolder
 * @returns {Promise<FetchedAsset[]>}
 */
export async function fetchRuntimeAssets(arch, cacheFolder) {
  const fetched = []
  for (const asset of Object.values(RUNTIME_ASSETS)) {
    const pinned = asset.packages[arch]
    if (pinned === undefined) throw new Error(`There is no runtime for ${arch}.`)
    // A file is named after the digest of its package: what has the name has been checked.
    const digest = createHash('sha256').update(pinned.integrity).digest('hex').slice(0, 12)
    const files = Object.entries(asset.files).map(([file, as]) => {
      const path = join(cacheFolder, `${basename(as)}-${arch}-${asset.version}-${digest}`)
      return { file, as, path, integrity: pinned.integrity }
    })
    const missing = files.filter(({ path }) => !existsSync(path))
    if (missing.length > 0) await fetchFiles({ pinned, version: asset.version, files: missing, cacheFolder })
    fetched.push(...files)
  }
  return fetched
}

/** @param {{ pinned: PinnedPackage, version: string, files: { file: string, path: string }[], cacheFolder: string }} options */
async function fetchFiles({ pinned, version, files, cacheFolder }) {
  await mkdir(cacheFolder, { recursive: true })
  const spec = `${pinned.name}@${version}`
  console.log(`fetching ${spec}`)
  const tarball = await packTarball(spec, cacheFolder)
  try {
    const found = `sha512-${createHash('sha512')
      .update(await readFile(tarball))
      .digest('base64')}`
    if (found !== pinned.integrity) {
      throw new Error(`${spec} is not what was pinned: ${found} in place of ${pinned.integrity}.`)
    }
    for (const { file, path } of files) {
      const draft = `${path}.${process.pid}`
      await extractFile(tarball, `package/${file}`, draft)
      await chmod(draft, 0o755)
      await rename(draft, path)
    }
  } finally {
    await rm(tarball, { force: true })
  }
}

/**
 * @param {string} spec
 * @param {string} folder
 */
async function packTarball(spec, folder) {
  const args = ['pack', spec, '--json', '--silent', '--pack-destination', folder]
  const npm = process.env['npm_execpath']
  // npm is a script that Windows starts by a shell alone; under `npm run` its path is known.
  const { stdout } = npm
    ? await run(process.execPath, [npm, ...args])
    : await run('npm', args, { shell: process.platform === 'win32' })
  const [packed] = JSON.parse(stdout)
  return join(folder, packed.filename.replace('@', '').replace('/', '-'))
}

/**
 * @param {string} tarball
 * @param {string} wanted
 * @param {string} destination
 */
async function extractFile(tarball, wanted, destination) {
  const entries = extract()
  const found = new Set()
  entries.on('entry', (header, stream, next) => {
    if (header.name !== wanted) {
      stream.on('end', next)
      stream.resume()
      return
    }
    found.add(header.name)
    pipeline(stream, createWriteStream(destination)).then(() => next(), next)
  })
  await pipeline(createReadStream(tarball), createGunzip(), entries)
  if (!found.has(wanted)) throw new Error(`${basename(tarball)} has no ${wanted}.`)
}
