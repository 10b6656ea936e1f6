import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import tar from 'tar-stream'
import { AgentError } from '../../agent-error.ts'
import { dockerIgnore } from './docker-ignore.ts'

/** The files of an image's folder, and a digest that changes with any of them. */
export interface BuildContext {
  /** 12 hexadecimal digits. */
  digest: string
  pack(): Readable
}

/** What a context holds at most: it is sent to the engine whole, and a home folder named by mistake is not one. */
const MOST_BYTES = 67_108_864
const MOST_FILES = 5_000

interface ContextFile {
  name: string
  bytes: Buffer
  /** Of a symbolic link, which is never followed: nothing outside the folder goes along. */
  linkTo?: string
}

/**
 * Reads the folder of a `Dockerfile` without what its `.dockerignore` leaves out. The digest counts paths and contents, not
 * times, modes or owners. Throws `AgentError` where there is no such folder, or more in it than a build may have.
 */
export async function readBuildContext(folder: string): Promise<BuildContext> {
  const files = await readFiles(folder)
  const hash = createHash('sha256')
  for (const { name, bytes, linkTo } of files) {
    hash.update(`${name}\0${linkTo === undefined ? '' : `${linkTo}\0`}${bytes.length}\0`).update(bytes)
  }
  return {
    digest: hash.digest('hex').slice(0, 12),
    pack: () => {
      const pack = tar.pack()
      for (const { name, bytes, linkTo } of files) {
        if (linkTo === undefined) pack.entry({ name, mode: 0o755 }, bytes)
        else pack.entry({ name, type: 'symlink', linkname: linkTo })
      }
      pack.finalize()
      // tar-stream's streams are not Node's own.
      return Readable.from(pack, { objectMode: false })
    },
  }
}

async function readFiles(folder: string): Promise<ContextFile[]> {
  const files: ContextFile[] = []
  let bytes = 0
  for (const { name, entry } of await listFiles(folder)) {
    const file = path.join(folder, name)
    if (entry.isSymbolicLink()) {
      files.push({ name, bytes: Buffer.alloc(0), linkTo: await readlink(file) })
      continue
    }
    bytes += (await stat(file)).size
    if (bytes > MOST_BYTES || files.length >= MOST_FILES) throw tooMuch()
    files.push({ name, bytes: await readFile(file) })
  }
  return files
}

async function listFiles(folder: string): Promise<{ name: string; entry: Dirent }[]> {
  const isIgnored = dockerIgnore(await readFile(path.join(folder, '.dockerignore'), 'utf8').catch(() => ''))
  const found: { name: string; entry: Dirent }[] = []
  const pending = ['']
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    for (const entry of await readFolder(path.join(folder, below))) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      // A later line may take back something of a folder that is left out: folders are always looked into.
      if (entry.isDirectory()) pending.push(name)
      else if ((entry.isFile() || entry.isSymbolicLink()) && !isIgnored(name)) found.push({ name, entry })
      if (found.length > MOST_FILES) throw tooMuch()
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function readFolder(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    throw new AgentError('ENGINE_ERROR', 'The folder of the template cannot be read.', {
      hint: 'Look at its folder in config.json.',
      cause: error,
    })
  }
}

function tooMuch(): AgentError {
  return new AgentError('ENGINE_ERROR', 'The folder of the template holds more than 64 MiB or 5,000 files.', {
    hint: 'Leave out what the build does not need: name it in a file .dockerignore beside the Dockerfile.',
  })
}
