import http from 'node:http'
import type { z } from 'zod'
import { RuntimeError } from '../../contract/runtime/api.ts'
import type { RuntimeEndpoint } from '../services.ts'

/** The runtime did not answer, or what answered was not one. */
export class RuntimeUnreachable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'RuntimeUnreachable'
  }
}

/** The runtime answered, and said no. */
export class RuntimeRefused extends Error {
  readonly status: number
  readonly code: string
  readonly hint: string | undefined

  constructor(status: number, refusal: { code: string; message: string; hint?: string | undefined }) {
    super(refusal.message)
    this.name = 'RuntimeRefused'
    this.status = status
    this.code = refusal.code
    this.hint = refusal.hint
  }
}

export interface RuntimeCall {
  /** Without a token for what any caller is answered. */
  endpoint: Omit<RuntimeEndpoint, 'token'> & { token?: string }
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  signal: AbortSignal
}

/** Largest answer that is taken in: an exec's two outputs of 1 MiB, escaped. */
const LARGEST_ANSWER = 16_777_216

/** One call to a runtime, its answer parsed. Throws `RuntimeUnreachable`, `RuntimeRefused`, or the signal's reason. */
export async function callRuntime<Schema extends z.ZodType>(
  call: RuntimeCall & { schema: Schema },
): Promise<z.output<Schema>> {
  const { status, text } = await send(call)
  const json = parseJson(text)
  if (status >= 400) {
    const refusal = RuntimeError.safeParse(json)
    const words = refusal.success
      ? refusal.data.error
      : { code: 'INTERNAL_SERVER_ERROR', message: `It answered ${status}.` }
    throw new RuntimeRefused(status, words)
  }
  const parsed = call.schema.safeParse(json)
  if (!parsed.success) throw new RuntimeUnreachable('The runtime answered something that is not its API.', parsed.error)
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** node:http and not `fetch`: that ends calls whose answer takes minutes, as an exec may. */
function send(call: RuntimeCall): Promise<{ status: number; text: string }> {
  const { endpoint, method, path, body, signal } = call
  const text = body === undefined ? undefined : JSON.stringify(body)
  const headers: http.OutgoingHttpHeaders = {}
  if (endpoint.token !== undefined) headers.authorization = `Bearer ${endpoint.token}`
  if (text !== undefined)
    Object.assign(headers, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void =>
      reject(signal.aborted ? toError(signal.reason) : new RuntimeUnreachable('The runtime did not answer.', error))
    const options = { host: endpoint.host, port: endpoint.port, method, path, headers, signal, agent: false } as const
    const request = http.request(options, (response) => {
      readText(response).then((answer) => resolve({ status: response.statusCode ?? 0, text: answer }), fail)
    })
    request.once('error', fail)
    request.end(text)
  })
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}

async function readText(response: AsyncIterable<unknown>): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response) {
    if (!(part instanceof Uint8Array)) continue
    length += part.length
    if (length > LARGEST_ANSWER) throw new Error('The answer is too large.')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
