import pino, { type DestinationStream, type Logger } from 'pino'

export type Conceal = (values: readonly string[]) => () => void

export interface AgentLog {
  log: Logger
  /**
   * Keeps `values` out of the log, wherever they turn up, until the returned function is called. Short ones are left: they
   * are in every word. Beyond 10,000 values those that were named longest ago are let go.
   */
  conceal: Conceal
}

export interface AgentLogOptions {
  destination: DestinationStream
  level: string
}

const SHORTEST_SECRET = 8
const MOST_SECRETS = 10_000
const CONCEALED = '[concealed]'
/** Keys whose values are never written, on the first levels of what is logged. */
const SECRET_KEYS = ['token', 'authorization', 'password', 'secret', 'env', 'cookie', 'stdin'] as const

/** A value that is known, as JSON writes it, and how many keep it out of the log. */
interface Secret {
  inJson: string
  holders: number
}

/** The log of an agent: JSON lines, without the values of secret keys and without secrets that are known. */
export function createAgentLog({ destination, level }: AgentLogOptions): AgentLog {
  const secrets = new Map<string, Secret>()
  const log = pino(
    {
      level,
      base: null,
      redact: {
        paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
        censor: CONCEALED,
      },
      hooks: { streamWrite: (line) => withoutSecrets(line, secrets) },
    },
    destination,
  )
  return {
    log,
    conceal: (values) => {
      const held = values.filter((value) => value.length >= SHORTEST_SECRET)
      for (const value of held) hold(secrets, value)
      let isHeld = true
      return () => {
        if (isHeld) for (const value of held) letGo(secrets, value)
        isHeld = false
      }
    },
  }
}

function hold(secrets: Map<string, Secret>, value: string): void {
  const { holders, inJson } = secrets.get(value) ?? { holders: 0, inJson: JSON.stringify(value).slice(1, -1) }
  // Put in anew, so that the first of the map is the one that was named longest ago.
  secrets.delete(value)
  secrets.set(value, { holders: holders + 1, inJson })
  const [oldest] = secrets.keys()
  if (secrets.size > MOST_SECRETS && oldest !== undefined) secrets.delete(oldest)
}

function letGo(secrets: Map<string, Secret>, value: string): void {
  const secret = secrets.get(value)
  if (secret === undefined) return
  if (secret.holders === 1) secrets.delete(value)
  else secrets.set(value, { ...secret, holders: secret.holders - 1 })
}

function withoutSecrets(line: string, secrets: ReadonlyMap<string, Secret>): string {
  let clean = line
  for (const [value, { inJson }] of secrets) {
    clean = clean.replaceAll(value, CONCEALED)
    if (inJson !== value) clean = clean.replaceAll(inJson, CONCEALED)
  }
  return clean
}
