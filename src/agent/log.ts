import pino, { type DestinationStream, type Logger } from 'pino'

/**
 * `lasting`: what is stored, which is concealed for as long as it is held. `passing`: what a call brings, or was stored
 * before; whoever may make calls could name any number, so only the latest are concealed.
 */
export type Concealed = 'lasting' | 'passing'

export type Conceal = (values: readonly string[], kind?: Concealed) => () => void

export interface AgentLog {
  log: Logger
  /**
   * Keeps `values` out of the log, wherever they turn up, until the returned function is called. Short ones are left: they
   * are in every word. Beyond 10,000 passing ones those that were named longest ago are let go.
   */
  conceal: Conceal
}

export interface AgentLogOptions {
  destination: DestinationStream
  level: string
}

const SHORTEST_SECRET = 8
const MOST_PASSING = 10_000
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
  const secrets: Record<Concealed, Map<string, Secret>> = { lasting: new Map(), passing: new Map() }
  const log = pino(
    {
      level,
      base: null,
      redact: {
        paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
        censor: CONCEALED,
      },
      hooks: { streamWrite: (line) => Object.values(secrets).reduce(withoutSecrets, line) },
    },
    destination,
  )
  return {
    log,
    conceal: (values, kind = 'lasting') => {
      const held = values.filter((value) => value.length >= SHORTEST_SECRET)
      for (const value of held) hold(secrets[kind], value)
      if (kind === 'passing') bound(secrets[kind])
      let isHeld = true
      return () => {
        if (isHeld) for (const value of held) letGo(secrets[kind], value)
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
}

function bound(secrets: Map<string, Secret>): void {
  for (const oldest of secrets.keys()) {
    if (secrets.size <= MOST_PASSING) return
    secrets.delete(oldest)
  }
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
