import type { IncomingMessage, ServerResponse } from 'node:http'
import { ERROR_STATUS, type ErrorCode } from '../../contract/errors.ts'
import type { RuntimeError } from '../../contract/runtime/api.ts'

/** A refusal of the runtime's API, with the status that `ERROR_STATUS` gives its code. */
export class ApiRefusal extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, hint?: string) {
    super(message)
    this.name = 'ApiRefusal'
    this.code = code
    this.hint = hint
  }
}

/** Answers with JSON, unless the caller has gone. */
export function replyJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent || response.destroyed) return
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
}

export function replyRefusal(response: ServerResponse, refusal: ApiRefusal): void {
  replyJson(response, ERROR_STATUS[refusal.code], refusalBody(refusal))
}

export function refusalBody({ code, message, hint }: ApiRefusal): RuntimeError {
  return { error: { code, message, ...(hint !== undefined && { hint }) } }
}

/** The body as parsed JSON. Throws `ApiRefusal` where it is longer than `maxBytes` or no JSON. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const body = await readBody(request, maxBytes)
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new ApiRefusal('BAD_REQUEST', 'The body is not JSON.')
  }
}

function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else reject(new ApiRefusal('BAD_REQUEST', `The body is longer than ${maxBytes} bytes.`))
    })
    request.on('end', () => {
      resolve(Buffer.concat(chunks))
    })
    request.on('error', reject)
    request.on('close', () => {
      reject(new ApiRefusal('BAD_REQUEST', 'The body ended before its end.'))
    })
  })
}
