import { isAborted } from '../../client/is-aborted.ts'
import type { WorkerClient } from '../../client/worker-client.ts'
import { type CallFailure, failureOf } from './failure.ts'

/** Where a stream of a worker stands, as its reader is told. */
export type StreamState =
  | { status: 'opening' }
  | { status: 'live' }
  /** It broke, most often with the link; it is opened anew. */
  | { status: 'waiting' }
  | { status: 'refused'; failure: CallFailure }

export interface StreamReader<Item> {
  open(signal: AbortSignal): Promise<AsyncIterable<Item>>
  onItem(item: Item): void
  /** `live` is told each time that the stream begins, before its first item. */
  onState(state: StreamState): void
}

type Connected = Pick<WorkerClient, 'connection' | 'onConnection'>

/** What the link to a worker throws: it may pass. All else is the worker's own word. */
const LINK_CODES: ReadonlySet<string> = new Set(['UNREACHABLE', 'CLOSED', 'UNKNOWN', 'ABORT_ERR'])
const PAUSE_MS = 1000

/** Reads a stream of a worker, over losses of the link, until the worker refuses it or `signal` aborts. Never rejects. */
export async function readStream<Item>(
  client: Connected,
  reader: StreamReader<Item>,
  signal: AbortSignal,
): Promise<void> {
  reader.onState({ status: 'opening' })
  while (!signal.aborted) {
    await whenLive(client, signal)
    const failure = await readOnce(reader, signal)
    if (isAborted(signal)) return
    if (failure !== undefined && !LINK_CODES.has(failure.code)) {
      reader.onState({ status: 'refused', failure })
      return
    }
    reader.onState({ status: 'waiting' })
    await pause(signal)
  }
}

async function readOnce<Item>(
  { open, onItem, onState }: StreamReader<Item>,
  signal: AbortSignal,
): Promise<CallFailure | undefined> {
  try {
    const items = await open(signal)
    onState({ status: 'live' })
    for await (const item of items) onItem(item)
    return undefined
  } catch (error) {
    return failureOf(error)
  }
}

function whenLive(client: Connected, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let stop = (): void => undefined
    const look = (): void => {
      if (client.connection.status !== 'live' && !signal.aborted) return
      stop()
      signal.removeEventListener('abort', look)
      resolve()
    }
    stop = client.onConnection(look)
    signal.addEventListener('abort', look)
    look()
  })
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PAUSE_MS)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
