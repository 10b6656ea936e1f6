import type { Readable } from 'node:stream'
import type Docker from 'dockerode'
import { z } from 'zod'
import type { EngineImages, ImageBuild } from '../engine.ts'
import { BuildFailed, EngineFailure, ImageMissing } from '../errors.ts'
import { dialJson, dialParsed, dialStream, LIMIT, unlessNotFound } from './dial.ts'
import { ImageMessage } from './image-message.ts'
import { readLines } from './lines.ts'
import { buildProgress, linesOf, pullProgress } from './progress.ts'
import { readImageFile } from './read-image-file.ts'
import { translateError } from './translate.ts'

const Described = z.object({ Id: z.string() })
const Listed = z.array(
  z.object({
    Id: z.string(),
    RepoTags: z.array(z.string()).nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
  }),
)

export function dockerImages(docker: Docker): EngineImages {
  return {
    find: async (reference) => {
      const path = `/images/${encodeURIComponent(reference)}/json`
      const found = await unlessNotFound(dialParsed(docker, { method: 'GET', path, schema: Described }))
      return found?.Id
    },
    pull: async (reference, { onProgress, signal }) => {
      const query = { fromImage: reference, ...(/[:@][^/]+$/.test(reference) ? {} : { tag: 'latest' }) }
      const call = { method: 'POST', path: '/images/create', query, timeoutMs: LIMIT.transfer, signal } as const
      try {
        await follow(await dialStream(docker, call), pullProgress(onProgress))
      } catch (error) {
        throw error instanceof EngineFailure ? new ImageMissing(error.message, error) : error
      }
    },
    readFile: (reference, path, labels) => readImageFile(docker, { reference, path, labels }),
    build: (build) => buildImage(docker, build),
    list: async (labels) => {
      const label = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
      const found = await listImages(docker, { label, dangling: ['false'] })
      return found.map(({ Id, RepoTags, Labels }) => ({ id: Id, references: RepoTags ?? [], labels: Labels ?? {} }))
    },
    listDangling: async () => (await listImages(docker, { dangling: ['true'] })).map(({ Id }) => Id),
    remove: async (reference) => {
      const path = `/images/${encodeURIComponent(reference)}`
      await unlessNotFound(dialJson(docker, { method: 'DELETE', path, timeoutMs: LIMIT.change }))
    },
    importRoot: (file, image) => importRoot(docker, file, image),
  }
}

function listImages(docker: Docker, filters: Record<string, string[]>): Promise<z.output<typeof Listed>> {
  const query = { filters: JSON.stringify(filters) }
  return dialParsed(docker, { method: 'GET', path: '/images/json', query, schema: Listed })
}

/** So many of the last lines of a build are kept to say why it failed. */
const KEPT_LINES = 60

async function buildImage(docker: Docker, build: ImageBuild): Promise<void> {
  const query = {
    t: build.tag,
    buildargs: JSON.stringify(build.buildArgs),
    labels: JSON.stringify(build.labels),
    networkmode: build.network,
    rm: true,
    forcerm: true,
  }
  const call = { method: 'POST', path: '/build', query, file: build.context, signal: build.signal } as const
  const source = await dialStream(docker, { ...call, timeoutMs: LIMIT.transfer })
  const output: string[] = []
  const tell = buildProgress(build.onProgress)
  try {
    await follow(source, (message) => {
      const lines = linesOf(message)
      for (const line of lines) build.onLine?.(line)
      output.push(...lines)
      if (output.length > KEPT_LINES) output.splice(0, output.length - KEPT_LINES)
      tell(message)
    })
  } catch (error) {
    if (!(error instanceof EngineFailure) || build.signal.aborted) throw error
    throw new BuildFailed(error.message, output, error)
  }
}

async function importRoot(
  docker: Docker,
  file: Readable,
  { reference, changes }: { reference: string; changes: readonly string[] },
): Promise<void> {
  const tagAt = reference.lastIndexOf(':')
  const query = { fromSrc: '-', repo: reference.slice(0, tagAt), tag: reference.slice(tagAt + 1) }
  // `changes` may be given several times, which docker-modem's query cannot say: they are joined as lines.
  const withChanges = changes.length === 0 ? query : { ...query, changes: changes.join('\n') }
  const call = { method: 'POST', path: '/images/create', query: withChanges, file, timeoutMs: LIMIT.transfer } as const
  await follow(await dialStream(docker, call), () => undefined)
}

/** Reads a stream of messages to its end; an `error` among them is the failure of the whole. */
async function follow(source: Readable, onMessage: (message: ImageMessage) => void): Promise<void> {
  try {
    for await (const line of readLines(source)) {
      const message = ImageMessage.safeParse(JSON.parse(line))
      if (!message.success) continue
      if (message.data.error !== undefined) throw new EngineFailure(0, message.data.error)
      onMessage(message.data)
    }
  } catch (error) {
    throw translateError(error)
  }
}
