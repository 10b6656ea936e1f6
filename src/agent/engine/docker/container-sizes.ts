import type Docker from 'dockerode'
import { z } from 'zod'
import type { ContainerSizes } from '../engine.ts'
import { dialParsed, LIMIT } from './dial.ts'
import { execIn } from './exec.ts'

const Inspected = z.object({
  SizeRw: z.number().nonnegative().nullish(),
  Mounts: z.array(z.object({ Name: z.string().optional(), Destination: z.string() })).nullish(),
})

/**
 * The disk that a running container takes: its layer as the engine counts it, one of its volumes by walking through it as
 * root with the lowest priority. Dear: the whole of both is read.
 */
export async function containerSizes(
  docker: Docker,
  id: string,
  { volume, signal }: { volume: string; signal: AbortSignal },
): Promise<ContainerSizes> {
  const { SizeRw: layerBytes, Mounts: mounts } = await dialParsed(docker, {
    method: 'GET',
    path: `/containers/${encodeURIComponent(id)}/json`,
    query: { size: true },
    timeoutMs: LIMIT.transfer,
    signal,
    schema: Inspected,
  })
  const folder = mounts?.find(({ Name }) => Name === volume)?.Destination
  const volumeBytes = folder === undefined ? undefined : await sizeOf(docker, id, { folder, signal })
  return {
    ...(layerBytes === undefined || layerBytes === null ? {} : { layerBytes }),
    ...(volumeBytes === undefined ? {} : { volumeBytes }),
  }
}

/** What is heard of the programs of an image, which may be anything; `du` prints a number first. */
const MOST_HEARD_BYTES = 65_536
/** A petabyte, in KiB, has as many digits. */
const KIBIBYTES = /^(\d{1,12})\s/

/** Undefined where the image has no `du`, or files went away while it counted none. */
async function sizeOf(
  docker: Docker,
  id: string,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<number | undefined> {
  const command = ['nice', '-n', '19', 'du', '-skx', '--', folder]
  const session = await execIn(docker, id, { command, user: 'root', stdin: '' })
  const leave = (): void => session.close()
  signal.addEventListener('abort', leave, { once: true })
  try {
    let printed = ''
    let heardBytes = 0
    for await (const { stream, bytes } of session.output) {
      heardBytes += bytes.length
      if (stream === 'stdout') printed += Buffer.from(bytes).toString('utf8')
      if (heardBytes > MOST_HEARD_BYTES || printed.includes('\n')) break
    }
    const kibibytes = KIBIBYTES.exec(printed)?.[1]
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
  } finally {
    signal.removeEventListener('abort', leave)
    session.close()
  }
}
