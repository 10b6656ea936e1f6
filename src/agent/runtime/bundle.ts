import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import tar from 'tar-stream'
import { z } from 'zod'
import { RUNTIME_MOUNT } from '../../contract/runtime/api.ts'
import { AgentError } from '../agent-error.ts'
import type { EngineFacts } from '../engine/engine.ts'

const BundleManifest = z.looseObject({
  version: z.string().min(1).max(80),
  digest: z.string().regex(/^[0-9a-f]{12,}$/),
  /** Argv of a start: flags as they are, all else by its path in the folder. */
  command: z.array(z.string().min(1)).min(1),
})

/** A built runtime on this computer, and where it goes in the shared volume. */
export interface RuntimeBundle {
  version: string
  /** Tells it from others of the same version, as `RuntimeBuild` does. */
  build: string
  /** Name of its folder in the volume. */
  folder: string
  /** Argv that starts it in a workspace. */
  command: string[]
  /** All its files under `folder`. */
  pack(): Readable
}

/** The file that is written last: a folder that has it is whole. */
export const COMPLETE = 'complete'

/** The built runtime for the engine's platform. Throws `AgentError` when there is none. */
export async function readRuntimeBundle(runtimeDir: string, facts: EngineFacts): Promise<RuntimeBundle> {
  if (facts.platform === undefined) {
    throw new AgentError('ENGINE_ERROR', 'The engine runs containers of a platform that Berth has no runtime for.', {
      hint: 'Use an engine with Linux containers on x64 or arm64.',
    })
  }
  const source = path.join(runtimeDir, facts.platform)
  const text = await readFile(path.join(source, 'manifest.json'), 'utf8').catch((cause: unknown) => {
    throw new AgentError('ENGINE_ERROR', `The runtime for ${facts.platform} is not part of this installation.`, {
      hint: 'In a clone: npm run build. Else install Berth again.',
      cause,
    })
  })
  const { version, digest, command: argv } = BundleManifest.parse(JSON.parse(text))
  const build = digest.slice(0, 12)
  const folder = `${version}-${build}`
  const at = `${RUNTIME_MOUNT}/${folder}`
  const command = argv.map((word) => (word.startsWith('-') ? word : `${at}/${word}`))
  return { version, build, folder, command, pack: () => packFolder(source, folder) }
}

function packFolder(source: string, folder: string): Readable {
  const pack = tar.pack()
  addFiles(pack, source, folder).then(
    () => pack.finalize(),
    (error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  // tar-stream's streams are not Node's own.
  return Readable.from(pack, { objectMode: false })
}

async function addFiles(pack: tar.Pack, source: string, folder: string): Promise<void> {
  pack.entry({ name: `${folder}/`, type: 'directory', mode: 0o755 })
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    const name = `${folder}/${path.relative(source, file).split(path.sep).join('/')}`
    if (entry.isDirectory()) pack.entry({ name: `${name}/`, type: 'directory', mode: 0o755 })
    if (!entry.isFile()) continue
    const { size } = await stat(file)
    // Owned by root and not writable: what runs in a workspace runs it, and cannot change it.
    const header = { name, size, mode: 0o555 }
    await pipeline(createReadStream(file), pack.entry(header))
  }
}

/** The marker, as a tar to be unpacked after all else is there. */
export function packMarker(bundle: RuntimeBundle): Readable {
  const pack = tar.pack()
  pack.entry({ name: `${bundle.folder}/${COMPLETE}`, mode: 0o444 }, `${bundle.version}\n`)
  pack.finalize()
  return Readable.from(pack, { objectMode: false })
}
