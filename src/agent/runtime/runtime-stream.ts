import http from 'node:http'
import { RuntimeError, type RuntimeExec, RuntimeExecPart } from '../../contract/runtime/api.ts'
import { readLines } from '../engine/docker/lines.ts'
import type { RuntimeEndpoint } from '../services.ts'
import { RuntimeRefused, RuntimeUnreachable } from './runtime-http.ts'

export interface StreamedExec {
  endpoint: RuntimeEndpoint
  program: RuntimeExec
  /** Ends the program, with all that it started. */
  signal: AbortSignal
  onOutput: (stream: 'stdout' | 'stderr', text: string) => void
}

export type StreamedEnd = { kind: 'exited'; exitCode: number } | { kind: 'timeout' }

/**
 * Runs a program in a workspace and takes its output while it runs. Throws `RuntimeUnreachable` (also where the answer
 * breaks off), `RuntimeRefused`, or the signal's reason.
 */
export async function streamExec({ endpoint, program, signal, onOutput }: StreamedExec): Promise<StreamedEnd> {
  try {
    const response = await send(endpoint, JSON.stringify(program), signal)
    for await (const line of readLines(response)) {
      if (response.statusCode !== 200) throw refusalOf(response.statusCode ?? 0, line)
      const part = RuntimeExecPart.parse(JSON.parse(line))
      if (part.type === 'output') onOutput(part.stream, part.text)
      else return part.type === 'exit' ? { kind: 'exited', exitCode: part.exitCode } : { kind: 'timeout' }
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (error instanceof RuntimeRefused) throw error
    throw new RuntimeUnreachable('The runtime did not answer to the end.', error)
  }
  if (signal.aborted) throw signal.reason
  throw new RuntimeUnreachable('The runtime did not answer to the end.')
}

/** node:http and not `fetch`: that ends calls whose answer takes minutes. */
function send(endpoint: RuntimeEndpoint, body: string, signal: AbortSignal): Promise<http.IncomingMessage> {
  const headers = {
    authorization: `Bearer ${endpoint.token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  const { host, port } = endpoint
  const options = { host, port, method: 'POST', path: '/api/v1/exec/stream', headers, signal, agent: false } as const
  return new Promise((resolve, reject) => {
    const request = http.request(options, resolve)
    request.once('error', reject)
    request.end(body)
  })
}

function refusalOf(status: number, line: string): RuntimeRefused {
  const refusal = RuntimeError.safeParse(JSON.parse(line))
  const words = refusal.success
    ? refusal.data.error
    : { code: 'INTERNAL_SERVER_ERROR', message: `It answered ${status}.` }
  return new RuntimeRefused(status, words)
}
