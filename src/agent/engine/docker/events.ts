import type Docker from 'dockerode'
import { z } from 'zod'
import type { EngineEvent } from '../engine.ts'
import { EngineUnavailable } from '../errors.ts'
import { dialStream } from './dial.ts'
import { readLines } from './lines.ts'
import { translateError } from './translate.ts'

const Message = z.object({
  Type: z.enum(['container', 'image', 'volume', 'network']),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()).nullish() }),
})

const FILTERS = {
  type: ['container', 'image', 'volume', 'network'],
  event: ['create', 'start', 'die', 'destroy', 'update', 'delete', 'untag'],
}

/** Follows the engine's own account of what happens in it. The promise settles when it is listening. */
export async function dockerEvents(docker: Docker, signal: AbortSignal): Promise<AsyncIterable<EngineEvent>> {
  const query = { filters: JSON.stringify(FILTERS) }
  const source = await dialStream(docker, { method: 'GET', path: '/events', query, signal })
  return parse(source, signal)
}

async function* parse(source: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<EngineEvent, void, void> {
  try {
    for await (const line of readLines(source)) {
      const message = Message.safeParse(JSON.parse(line))
      if (!message.success) continue
      const { Type: kind, Action: action, Actor: actor } = message.data
      yield { kind, action, id: actor.ID, attributes: actor.Attributes ?? {} }
    }
  } catch (error) {
    if (signal.aborted) return
    throw translateError(error)
  }
  if (!signal.aborted) throw new EngineUnavailable('broken', new Error('The stream of events ended.'))
}
