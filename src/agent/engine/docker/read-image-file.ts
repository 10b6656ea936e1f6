import { Readable } from 'node:stream'
import type Docker from 'dockerode'
import tar from 'tar-stream'
import { z } from 'zod'
import type { Labels } from '../engine.ts'
import { dialJson, dialParsed, dialStream, LIMIT, unlessNotFound } from './dial.ts'

/** Longer files are none that anybody reads here. */
const MOST_BYTES = 1_048_576

const Created = z.object({ Id: z.string().min(1) })

/** See `EngineImages.readFile`. Not the target of a symbolic link: that may lie where the engine does not look. */
export async function readImageFile(
  docker: Docker,
  { reference, path, labels }: { reference: string; path: string; labels: Labels },
): Promise<string | undefined> {
  // An engine refuses a container without a command; it is never started.
  const body = { Image: reference, Labels: labels, Entrypoint: ['-'], Cmd: [], HostConfig: { NetworkMode: 'none' } }
  const call = { method: 'POST', path: '/containers/create', body, timeoutMs: LIMIT.start, schema: Created } as const
  const { Id: id } = await dialParsed(docker, call)
  try {
    const archive = { method: 'GET', path: `/containers/${id}/archive`, query: { path } } as const
    const source = await unlessNotFound(dialStream(docker, archive))
    return source === undefined ? undefined : await firstFile(source)
  } finally {
    const query = { force: true, v: true }
    await unlessNotFound(
      dialJson(docker, { method: 'DELETE', path: `/containers/${id}`, query, timeoutMs: LIMIT.change }),
    )
  }
}

async function firstFile(source: Readable): Promise<string | undefined> {
  const extract = tar.extract()
  source.pipe(extract)
  source.on('error', (error: Error) => extract.destroy(error))
  for await (const entry of extract) {
    const isWanted = entry.header.type === 'file' && entry.header.size <= MOST_BYTES
    if (!isWanted) return undefined
    const decoder = new TextDecoder()
    let text = ''
    for await (const part of bytesOf(entry)) text += decoder.decode(part, { stream: true })
    return text + decoder.decode()
  }
  return undefined
}

/** tar-stream's streams are not Node's own, and say nothing of what they hold. */
function bytesOf(entry: AsyncIterable<unknown>): AsyncIterable<Uint8Array> {
  return Readable.from(entry, { objectMode: true }).map((part: unknown) => z.instanceof(Uint8Array).parse(part))
}
