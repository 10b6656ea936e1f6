import type Docker from 'dockerode'
import type { ContainerLine, LogQuery } from '../engine.ts'
import { dialStream } from './dial.ts'
import { demultiplex } from './multiplexed.ts'
import { translateError } from './translate.ts'

/** The output of a container, both streams in their order. The engine waits for a slow reader. */
export async function* containerLog(
  docker: Docker,
  id: string,
  query: LogQuery,
): AsyncGenerator<ContainerLine, void, void> {
  const { tail, after, follow = false, signal } = query
  try {
    const source = await dialStream(docker, {
      method: 'GET',
      path: `/containers/${encodeURIComponent(id)}/logs`,
      query: {
        stdout: true,
        stderr: true,
        timestamps: true,
        follow,
        ...(tail === undefined ? {} : { tail }),
        ...(after === undefined ? {} : { since: unixTime(after) }),
      },
      ...(signal === undefined ? {} : { signal }),
    })
    for await (const { bytes } of demultiplex(source)) {
      const line = parseLine(Buffer.from(bytes).toString('utf8'))
      // `since` takes the line of that very time in.
      if (after === undefined || line.at > after) yield line
    }
  } catch (error) {
    if (signal?.aborted !== true) throw translateError(error)
  }
}

/** An entry of the log as the engine tells it with its time: `2026-01-02T03:04:05.678901234Z text`. */
function parseLine(entry: string): ContainerLine {
  const space = entry.indexOf(' ')
  return { at: entry.slice(0, space), text: entry.slice(space + 1).replace(/\r?\n$/, '') }
}

/** The engine's `since`: seconds since 1970 with nine decimals. */
function unixTime(at: string): string {
  const nanoseconds = /\.(\d{1,9})/.exec(at)?.[1] ?? ''
  return `${Math.floor(Date.parse(at) / 1000)}.${nanoseconds.padEnd(9, '0')}`
}
