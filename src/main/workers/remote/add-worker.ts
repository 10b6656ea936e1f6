import { randomBytes } from 'node:crypto'
import type { AddOutcome, AddWorker } from '../../../contract/desktop/pairing.ts'
import type { KeychainTrouble } from '../../../contract/desktop/vault.ts'
import type { WorkerSummary } from '../../../contract/desktop/worker.ts'
import { formatWorkerAddress, parseWorkerAddress, type WorkerAddress } from '../../../domain/worker-address.ts'
import type { VouchFor } from '../../../tailnet/vouch.ts'
import { DialError, unreached } from '../reach/dial-error.ts'
import { type Found, probe } from '../reach/probe.ts'
import { leaveWorker } from './leave-worker.ts'
import { pair } from './pair.ts'
import type { RemoteWorkers } from './remote-workers.ts'

/** More than anybody has; each costs a connection. */
const MAX_WORKERS = 128
/** How long a new worker may take to say who it is before the person is told of it as it stands. */
const SETTLE_MS = 10_000

export interface AddDeps {
  workers: RemoteWorkers
  /** The agent of this computer, which is in the list already. */
  embeddedAgentId: () => string | undefined
  /** Under which remote workers list this computer. */
  clientName: string
  vouchFor: VouchFor
}

/** Finds a worker, pairs with it and remembers it. What stands in the way is an outcome, and then nothing is kept. */
export async function addWorker(wanted: AddWorker, deps: AddDeps): Promise<AddOutcome> {
  const { workers, vouchFor } = deps
  const address = parseWorkerAddress(wanted.host)
  if (address === undefined) return { status: 'unreached', probe: unreached(notAnAddress()) }
  if (workers.records.some((record) => isSamePlace(record.address, address))) return KNOWN
  if (workers.records.length >= MAX_WORKERS) {
    return { status: 'too_many', message: `There are ${MAX_WORKERS} workers already.`, hint: 'Remove one first.' }
  }
  const found = await probe(address, workers.ending, vouchFor).catch((error: unknown) => {
    if (error instanceof DialError) return error
    throw error
  })
  if (found instanceof DialError) return { status: 'unreached', probe: unreached(found) }
  const distrust = distrustOf(found, wanted.fingerprint)
  if (distrust !== undefined) return distrust
  // Before the code is spent: without a keychain the token is gone when the app ends.
  const trouble = wanted.code === undefined || wanted.untilQuit === true ? undefined : await workers.tokenTrouble()
  if (trouble !== undefined) return vaultUnavailable(trouble)
  return keep(found, wanted, deps)
}

async function keep(found: Found, wanted: AddWorker, deps: AddDeps): Promise<AddOutcome> {
  const { workers, embeddedAgentId, clientName, vouchFor } = deps
  const { code, fingerprint } = wanted
  const { address } = found
  const paired =
    code === undefined ? undefined : await pair(address, { code, fingerprint, clientName, vouchFor }, workers.ending)
  if (paired !== undefined && paired.status !== 'paired') return paired
  const id = `w-${randomBytes(8).toString('hex')}`
  const record = {
    id,
    label: wanted.label ?? 'New worker',
    address: formatWorkerAddress(address),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(paired === undefined ? { isTokenless: true } : {}),
  }
  const token = paired?.token
  const leave = async (): Promise<void> => {
    if (token !== undefined) await leaveWorker({ address, fingerprint, token, vouchFor })
  }
  try {
    await workers.insert(record, token)
  } catch (error) {
    await leave()
    throw error
  }
  const worker = await workers.settled(id, AbortSignal.timeout(SETTLE_MS))
  const agentId = workers.get(id)?.record.agentId
  const others = workers.records.filter((other) => other.id !== id).map((other) => other.agentId)
  const isKnown = agentId !== undefined && [embeddedAgentId(), ...others].includes(agentId)
  const needsCode = code === undefined && worker?.status === 'unauthorized'
  if (worker !== undefined && !isKnown && !needsCode)
    return { status: 'added', worker: (await named(id, wanted, workers)) ?? worker }
  await workers.remove(id)
  await leave()
  return isKnown ? KNOWN : NEEDS_CODE
}

/** A worker that nobody gave a name is called what it calls itself: an address is nothing to show. */
async function named(id: string, { label }: AddWorker, workers: RemoteWorkers): Promise<WorkerSummary | undefined> {
  const worker = workers.get(id)
  const hostname = worker?.summary.hostname?.slice(0, 120)
  if (worker !== undefined && label === undefined && hostname !== undefined && hostname !== '') {
    await workers.rename(worker, hostname)
  }
  return worker?.summary
}

export function notAnAddress(): DialError {
  return new DialError('address', 'That is not the address of a worker.', {
    hint: 'Such as: tower, tower:7391, https://tower.example, ssh://me@tower',
  })
}

const KNOWN = { status: 'known', message: 'That worker is in your list already.' } as const
const NEEDS_CODE = {
  status: 'code_refused',
  message: 'That worker asks for a code.',
  hint: 'Run there: ws agent pair',
} as const

const VAULT_HINTS: Record<KeychainTrouble, string> = {
  absent: 'Start a keychain service, such as GNOME Keyring or KWallet, and sign in to it. Then add the worker again.',
  locked: 'Unlock the keychain, then add the worker again.',
  failed: 'Restart Berth; if that does not help, its log says more.',
}

function vaultUnavailable(trouble: KeychainTrouble): AddOutcome {
  const hint = `${VAULT_HINTS[trouble]} Or add it until Berth ends: it then takes a new code at each start.`
  return { status: 'vault_unavailable', message: 'No keychain takes the token of this worker.', hint }
}

/** Before a code is sent, the person has compared the certificate that nobody vouches for, and it is still that one. */
function distrustOf({ probe: { fingerprint } }: Found, trusted: string | undefined): AddOutcome | undefined {
  if (fingerprint === trusted) return undefined
  if (trusted !== undefined) {
    return {
      status: 'fingerprint_changed',
      message: 'The certificate of this worker is not the one that was compared.',
      hint: 'Check the address again, and compare what it shows with what the worker says.',
    }
  }
  const error = new DialError('tls', 'No authority vouches for the certificate of this worker.', {
    hint: 'Compare its fingerprint with what the worker says, then trust it.',
  })
  return { status: 'unreached', probe: unreached(error) }
}

function isSamePlace(known: string, wanted: WorkerAddress): boolean {
  const address = parseWorkerAddress(known)
  if (address?.kind !== wanted.kind || address.host !== wanted.host) return false
  return address.kind === 'ssh' && wanted.kind === 'ssh'
    ? address.port === wanted.port && address.user === wanted.user
    : address.port === wanted.port
}
