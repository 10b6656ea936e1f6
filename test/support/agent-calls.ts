import type { AgentProcess } from './agent.ts'
import { type RawAnswer, request } from './raw-request.ts'

/** One call of an agent by HTTP, with these headers alone. */
export function callOf(
  agent: Pick<AgentProcess, 'url'>,
  { procedure, input, headers }: { procedure: string; input?: unknown; headers: Record<string, string> },
): Promise<RawAnswer> {
  return request(agent.url, {
    method: 'POST',
    path: `/rpc/${procedure}`,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ json: input }),
  })
}

/** The code of a refused call. */
export function codeOf(text: string): unknown {
  return JSON.parse(text).json.code
}
