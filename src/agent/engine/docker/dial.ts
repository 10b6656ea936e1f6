import { Duplex, Readable } from 'node:stream'
import type Docker from 'dockerode'
import type { z } from 'zod'
import { EngineAnswerInvalid, EngineFailure, EngineNotFound } from '../errors.ts'
import { translateError } from './translate.ts'

/** Time limits of engine calls, in milliseconds. */
export const LIMIT = {
  /** Questions. */
  read: 15_000,
  /** What changes something. */
  change: 60_000,
  /** Starting a container: on a busy engine volumes are copied in it. */
  start: 120_000,
  /** Moving a runtime or a base image. */
  transfer: 300_000,
} as const

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  path: string
  query?: Record<string, string | number | boolean>
  body?: Record<string, unknown>
  /** Sent as the body, as a tar. */
  file?: Readable
  timeoutMs?: number
  /** Ends the call, and for a stream what it answers. */
  signal?: AbortSignal
}

interface Dialing extends Call {
  answer: 'json' | 'stream' | 'upgrade'
}

/** One call whose answer is read whole. */
export function dialJson(docker: Docker, call: Call): Promise<unknown> {
  return dial(docker, { ...call, answer: 'json' })
}

/** One call whose answer is parsed; what the schema refuses is `EngineAnswerInvalid`. */
export async function dialParsed<Schema extends z.ZodType>(
  docker: Docker,
  call: Call & { schema: Schema },
): Promise<z.output<Schema>> {
  const { schema, ...rest } = call
  const parsed = schema.safeParse(await dialJson(docker, rest))
  if (!parsed.success) throw new EngineAnswerInvalid(call.path.replace(/[?].*/, ''), parsed.error)
  return parsed.data
}

/** One call whose answer is a stream; the time limit holds until its head is there. */
export async function dialStream(docker: Docker, call: Call): Promise<Readable> {
  const answer = await dial(docker, { ...call, answer: 'stream' })
  if (answer instanceof Readable) {
    // Who reads it is told of its errors; one that comes after the reader has left has nobody to tell.
    answer.on('error', () => undefined)
    return answer
  }
  throw new EngineAnswerInvalid(call.path, undefined)
}

/** One call that turns the connection into a raw two-way stream. */
export async function dialUpgrade(docker: Docker, call: Call): Promise<Duplex> {
  const answer = await dial(docker, { ...call, answer: 'upgrade' })
  if (answer instanceof Duplex) return answer
  throw new EngineAnswerInvalid(call.path, undefined)
}

/** The result, or undefined when the engine does not know what was asked about. */
export async function unlessNotFound<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result
  } catch (error) {
    if (error instanceof EngineNotFound || (error instanceof EngineFailure && error.status === 404)) return undefined
    throw error
  }
}

/** The result, or undefined when there was nothing to change (304: it is so already). */
export async function unlessUnchanged<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result
  } catch (error) {
    if (error instanceof EngineFailure && error.status === 304) return undefined
    throw error
  }
}

const SUCCESS = { 101: true, 200: true, 201: true, 204: true } as const

async function dial(docker: Docker, call: Dialing): Promise<unknown> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), call.timeoutMs ?? LIMIT.read)
  const abortSignal = call.signal === undefined ? limit.signal : AbortSignal.any([limit.signal, call.signal])
  try {
    return await new Promise<unknown>((resolve, reject) => {
      const settle = (error: unknown, answer: unknown): void => (error ? reject(toError(error)) : resolve(answer))
      docker.modem.dial(dialOptions(call, abortSignal), settle)
    })
  } catch (error) {
    throw translateError(error)
  } finally {
    clearTimeout(timer)
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

type DialOptions = Parameters<Docker['modem']['dial']>[0]

function dialOptions(call: Dialing, abortSignal: AbortSignal): DialOptions {
  return {
    // docker-modem takes the query from `_query` when the path ends so.
    path: call.query === undefined ? call.path : `${call.path}?`,
    method: call.method,
    options: { _query: call.query ?? {}, _body: call.body ?? {} },
    abortSignal,
    statusCodes: SUCCESS,
    isStream: call.answer !== 'json',
    ...(call.answer === 'upgrade' ? { hijack: true, openStdin: true, allowEmpty: true } : {}),
    ...(call.file === undefined ? {} : { file: call.file }),
  }
}
