import { z } from 'zod'
import {
  EngineFailure,
  EngineNotFound,
  EngineUnavailable,
  ImageMissing,
  NameTaken,
  NetworkGone,
  PortTaken,
  type UnavailableReason,
} from '../errors.ts'

const DialError = z.object({
  statusCode: z.number().optional(),
  code: z.union([z.string(), z.number()]).optional(),
  name: z.string().optional(),
  message: z.string(),
  json: z.unknown().optional(),
})
const ErrorBody = z.object({ message: z.string() })

/** What dockerode throws (an HTTP status, or what a socket says), as one of our errors. Ours pass as they are. */
export function translateError(thrown: unknown): Error {
  if (thrown instanceof EngineFailure || thrown instanceof EngineUnavailable) return thrown
  const parsed = DialError.safeParse(thrown)
  if (!parsed.success) return new EngineFailure(0, String(thrown), thrown)
  const { statusCode, code, name, message, json } = parsed.data
  if (statusCode !== undefined)
    return fromStatus(statusCode, ErrorBody.safeParse(json).data?.message ?? message, thrown)
  return new EngineUnavailable(socketReason(code, name), thrown)
}

function fromStatus(status: number, said: string, cause: unknown): EngineFailure {
  // What docker-modem puts before the engine's own words when the answer was to be a stream.
  const message = said.replace(/^\(HTTP code \d+\) .*? - /, '').trim()
  const port = takenPort(message)
  if (port !== undefined) return new PortTaken(port, message, cause)
  if (status === 409 && /name .* is already in use/i.test(message)) return new NameTaken(message, cause)
  if (status === 404 && /no such image/i.test(message)) return new ImageMissing(message, cause)
  if (status === 404 && /^network \S+ not found/i.test(message)) return new NetworkGone(message, cause)
  if (status === 404) return new EngineNotFound(message, cause)
  return new EngineFailure(status, message, cause)
}

/** The port in the engine's words for a port that cannot be bound (its own list, or the proxy's bind). */
export function takenPort(message: string): number | undefined {
  const match =
    /Bind for [^\s]*:(\d+) failed: port is already allocated/.exec(message) ??
    /listen (?:tcp|udp)\d? [^\s]*:(\d+): bind: address already in use/.exec(message) ??
    /exposing port .*:(\d+).*(?:in use|unavailable|not available)/i.exec(message)
  return match?.[1] === undefined ? undefined : Number(match[1])
}

function socketReason(code: string | number | undefined, name: string | undefined): UnavailableReason {
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ETIMEDOUT' || code === 'ABORT_ERR') return 'timeout'
  switch (code) {
    case 'ENOENT':
      return 'missing'
    case 'ECONNREFUSED':
    case 'ENOTSOCK':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'refused'
    case 'EACCES':
    case 'EPERM':
      return 'forbidden'
    default:
      return 'broken'
  }
}

/** The engine's words as a person may read them: one line, at most 300 characters, without paths of the computer. */
export function plainWords(message: string): string {
  const line = message
    .replace(/\s+/g, ' ')
    .replace(/(?:\/[\w.@+:-]+){2,}\/?/g, '…')
    .trim()
  return line.length <= 300 ? line : `${line.slice(0, 299)}…`
}
