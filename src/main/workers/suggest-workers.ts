import type { SuggestedComputer, WorkerSuggestions } from '../../contract/desktop/pairing.ts'
import { AGENT_PORT, parseWorkerAddress } from '../../domain/worker-address.ts'
import type { TailnetState } from '../../tailnet/tailnet.ts'
import { DialError } from './reach/dial-error.ts'
import { probe } from './reach/probe.ts'
import { shownText } from './remote/shown-text.ts'
import type { WorkerRecord } from './remote/worker-record.ts'

type Peer = Extract<TailnetState, { state: 'ready' }>['peers'][number]

const MAX_COMPUTERS = 200
/** A tailnet may be large, and others live in it: few are asked at once, each briefly, and all together not for long. */
const AT_ONCE = 6
const ANSWER_MS = 2_000
const ALL_MS = 12_000
/** What no agent runs on. */
const PHONES = /^(ios|android|tvos)$/i

export interface SuggestDeps {
  status: TailnetState
  known: readonly WorkerRecord[]
  /** Port to ask at. */
  port?: number
}

/** The computers of the tailnet, those that are online first, and whether an agent answers there. */
export async function suggestWorkers(
  { status, known, port = AGENT_PORT }: SuggestDeps,
  signal: AbortSignal,
): Promise<WorkerSuggestions> {
  if (status.state !== 'ready') return { state: status.state, computers: [] }
  const peers = [...status.peers]
    .sort((one, other) => Number(other.isOnline) - Number(one.isOnline) || one.name.localeCompare(other.name))
    .slice(0, MAX_COMPUTERS)
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(ALL_MS)])
  const left = peers.entries()
  const computers: SuggestedComputer[] = []
  const askInTurn = async (): Promise<void> => {
    for (const [index, peer] of left) {
      const worker = known.find((record) => isAt(record, peer))?.id
      const agent = await agentAt(peer, { port, signal: bounded })
      computers[index] = { ...computerOf(peer), agent, ...(worker === undefined ? {} : { worker }) }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askInTurn))
  return { state: 'ready', computers }
}

function computerOf({ name, label, os, isOnline, lastSeenAt }: Peer): Omit<SuggestedComputer, 'agent'> {
  return {
    ...{ name: shownText(name, 255), label: shownText(label, 120), os: shownText(os, 40), online: isOnline },
    ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
  }
}

function isAt({ address }: WorkerRecord, { name, addresses }: Peer): boolean {
  const host = parseWorkerAddress(address)?.host
  return host !== undefined && (host === name || host === name.split('.')[0] || addresses.includes(host))
}

async function agentAt(
  { os, isOnline, addresses }: Peer,
  { port, signal }: { port: number; signal: AbortSignal },
): Promise<SuggestedComputer['agent']> {
  if (PHONES.test(os)) return 'none'
  const [host] = addresses
  if (!isOnline || host === undefined) return 'unknown'
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)])
  try {
    const { probe: found } = await probe({ kind: 'http', isTls: undefined, host, port }, bounded)
    return { version: found.version }
  } catch (error) {
    // Somebody who refused is told from one who did not say in time, or says it in a way that is not ours.
    return error instanceof DialError && error.hop === 'port' ? 'none' : 'unknown'
  }
}
