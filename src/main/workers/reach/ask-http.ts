import http from 'node:http'
import type { Connection } from './dial.ts'
import { DialError } from './dial-error.ts'

export interface HttpQuestion {
  method: 'GET' | 'POST'
  path: string
  body?: unknown
}

export interface HttpAnswer {
  status: number
  /** Undefined where it was not JSON. */
  body: unknown
}

/** No answer that is asked for here is near this long. */
const MAX_ANSWER_CHARS = 65_536
const ANSWER_MS = 10_000

/** Asks once over a connection that is open, and ends it. Rejects with `DialError` where no HTTP comes back. */
export function askHttp(
  { socket, authority }: Connection,
  question: HttpQuestion,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)])
  const text = question.body === undefined ? undefined : JSON.stringify(question.body)
  return new Promise<HttpAnswer>((resolve, reject) => {
    const request = http.request({
      createConnection: () => socket,
      method: question.method,
      path: question.path,
      headers: {
        host: authority,
        connection: 'close',
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      },
      signal: bounded,
    })
    request.on('error', (error) => reject(ofAnswer(error)))
    // No agent speaks before its answer; what does may go on for ever.
    for (const event of ['continue', 'information'])
      request.on(event, () => request.destroy(new Error('That is no answer.')))
    // One that turns to another protocol is let go by Node without an error.
    request.once('close', () => reject(ofAnswer(new Error('There was no answer.'))))
    request.once('response', (response) => {
      read(response).then(resolve, (error: unknown) => reject(ofAnswer(error)))
    })
    request.end(text)
  }).finally(() => socket.destroy())
}

async function read(response: http.IncomingMessage): Promise<HttpAnswer> {
  let text = ''
  for await (const part of response.setEncoding('utf8')) {
    text += String(part)
    if (text.length > MAX_ANSWER_CHARS) throw new Error('The answer is too long.')
  }
  return { status: response.statusCode ?? 0, body: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A page of something else that listens there.
    return undefined
  }
}

function ofAnswer(cause: unknown): DialError {
  return new DialError('agent', 'Something listens there that is not an agent.', {
    hint: 'Is that the port of the agent? It says so where it starts.',
    cause,
  })
}
