import { setTimeout as delay } from 'node:timers/promises'
import type { SuggestedComputer, WorkerSuggestions } from '../../contract/desktop/pairing.ts'
import { AGENT_PORT, parseWorkerAddress } from '../../domain/worker-address.ts'
import type { TailnetState } from '../../tailnet/tailnet.ts'
import type { VouchFor } from '../../tailnet/vouch.ts'
import { Feed } from '../bridge/feed.ts'
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
/** Answers that come close behind each other are told together. */
const TOLD_EVERY_MS = 100
/** What no agent runs on. */
const PHONES = /^(ios|android|tvos)$/i

export interface SuggestDeps {
  status: TailnetState
  known: readonly WorkerRecord[]
  vouchFor: VouchFor
  /** Port to ask at. */
  port?: number
}

/**
 * The computers of the tailnet, those that are online first: at once, and again as it becomes known whether an agent answers
 * there. Ends when that is known of all, or `signal` aborts; nobody is asked any more when its reader has gone.
 */
export async function* suggestWorkers(
  { status, known, vouchFor, port = AGENT_PORT }: SuggestDeps,
  signal: AbortSignal,
): AsyncGenerator<WorkerSuggestions, void, void> {
  if (status.state !== 'ready') {
    yield { state: status.state, computers: [] }
    return
  }
  const peers = [...status.peers]
    .sort((one, other) => Number(other.isOnline) - Number(one.isOnline) || one.name.localeCompare(other.name))
    .slice(0, MAX_COMPUTERS)
  const computers = new Feed<readonly SuggestedComputer[]>(
    peers.map((peer) => computerOf(peer, { known, hasMagicDns: status.hasMagicDns })),
  )
  const over = new AbortController()
  const bounded = AbortSignal.any([signal, over.signal, AbortSignal.timeout(ALL_MS)])
  const asked = askAll(peers, { computers, port, vouchFor, signal: bounded }).finally(() => over.abort())
  let told: readonly SuggestedComputer[] | undefined
  try {
    for await (const now of computers.watch(over.signal)) {
      told = now
      yield { state: 'ready', computers: [...now] }
      await delay(TOLD_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined)
    }
    await asked
    if (told !== computers.value) yield { state: 'ready', computers: [...computers.value] }
  } finally {
    over.abort()
  }
}

interface Asking {
  computers: Feed<readonly SuggestedComputer[]>
  port: number
  vouchFor: VouchFor
  signal: AbortSignal
}

/** Asks those of whom it is not known, a few at once, and tells each answer. */
async function askAll(peers: readonly Peer[], { computers, port, vouchFor, signal }: Asking): Promise<void> {
  const left = peers.entries()
  const askInTurn = async (): Promise<void> => {
    for (const [index, peer] of left) {
      if (computers.value[index]?.agent !== 'asking') continue
      const agent = await agentAt(peer, { port, vouchFor, signal })
      computers.set(computers.value.map((computer, at) => (at === index ? { ...computer, agent } : computer)))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askInTurn))
}

function computerOf(
  peer: Peer,
  { known, hasMagicDns }: { known: readonly WorkerRecord[]; hasMagicDns: boolean },
): SuggestedComputer {
  const { label, os, isOnline, lastSeenAt, addresses } = peer
  const name = hasMagicDns ? peer.name : addressOf(peer)
  const worker = known.find((record) => isAt(record, peer))?.id
  const isAsked = isOnline && addresses.length > 0
  return {
    ...{ name: shownText(name, 255), label: shownText(label, 120), os: shownText(os, 40), online: isOnline },
    ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
    agent: PHONES.test(os) ? 'none' : isAsked ? 'asking' : 'unknown',
    ...(worker === undefined ? {} : { worker }),
  }
}

/** What leads to it where its name does not. */
function addressOf({ name, addresses: [address = name] }: Peer): string {
  return address.includes(':') ? `[${address}]` : address
}

function isAt({ address }: WorkerRecord, { name, addresses }: Peer): boolean {
  const host = parseWorkerAddress(address)?.host
  return host !== undefined && (host === name || host === name.split('.')[0] || addresses.includes(host))
}

async function agentAt(
  { addresses: [host = ''] }: Peer,
  { port, vouchFor, signal }: Pick<Asking, 'port' | 'vouchFor' | 'signal'>,
): Promise<SuggestedComputer['agent']> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)])
  try {
    const { probe: found } = await probe({ kind: 'http', isTls: undefined, host, port }, bounded, vouchFor)
    return { version: found.version }
  } catch (error) {
    // Somebody who refused is told from one who did not say in time, or says it in a way that is not ours.
    return error instanceof DialError && error.hop === 'port' ? 'none' : 'unknown'
  }
}
