import { createWorkerClient } from '../../client/create-worker-client.ts'
import { browserSockets, createWebSocketLink } from '../../client/links/web-socket-link.ts'
import type { WorkerClient } from '../../client/worker-client.ts'
import { PairResponse } from '../../contract/agent/clients.ts'
import { EMBEDDED_WORKER_ID } from '../../contract/desktop/index.ts'
import { createStore } from '../ui/store.ts'
import { onWake } from './on-wake.ts'
import { browserName, operatingSystemOf } from './operating-system.ts'
import { pageStorage } from './page-storage.ts'
import { takePairingCode } from './pairing-code.ts'
import type { PairOutcome, Platform, WorkerDirectory, WorkerEntry } from './platform.ts'
import { createSettings } from './settings.ts'

/** Where this origin keeps its token: not in a cookie, which every port of the host would receive. */
const TOKEN_KEY = 'berth.token'

/** A page that an agent served: one worker, the one that it came from. */
export function createWebPlatform(page: Window): Platform {
  const os = operatingSystemOf(page.navigator.userAgent)
  return {
    shell: 'web',
    os,
    caps: { reservedChords: true, workerOutlivesWindow: true },
    settings: createSettings({ storage: pageStorage }),
    workers: createDirectory(page),
    registry: undefined,
    keptLists: undefined,
    // Pages are not told.
    screenReader: createStore(false),
    openExternal: (url) => {
      if (/^https?:/i.test(url)) page.open(url, '_blank', 'noopener,noreferrer')
    },
    onMenuCommand: () => () => undefined,
    vault: undefined,
    showMenu: undefined,
  }
}

function createDirectory(page: Window): WorkerDirectory {
  const listeners = new Set<() => void>()
  let entries: readonly WorkerEntry[] = []

  const reconnect = (): void => {
    for (const entry of entries) entry.client.dispose()
    entries = [entryFor(page, connect(page))]
    for (const listener of listeners) listener()
  }
  const pair = async (code: string): Promise<PairOutcome> => {
    const outcome = await tradeCode(page, code)
    if (outcome.status === 'paired') reconnect()
    return outcome
  }

  onWake(page, () => {
    // Not those that were refused: they would only be refused again.
    for (const { client } of entries) if (client.connection.status !== 'refused') client.retryNow()
  })

  const code = takePairingCode(page.location, page.history)
  if (code === undefined) reconnect()
  else {
    // The code of the address first: connecting without its token would only be refused.
    void tradeCode(page, code).finally(reconnect)
  }
  return {
    list: () => entries,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    retry: () => {
      for (const { client } of entries) client.retryNow()
    },
    pair: (_worker, typed) => pair(typed),
  }
}

function connect(page: Window): WorkerClient {
  const token = pageStorage.getItem(TOKEN_KEY)
  const open = browserSockets(page.location.origin)
  return createWorkerClient({ link: createWebSocketLink({ open, ...(token === null ? {} : { token }) }) })
}

function entryFor(page: Window, client: WorkerClient): WorkerEntry {
  return {
    client,
    summary: {
      id: EMBEDDED_WORKER_ID,
      label: page.location.hostname,
      kind: 'remote',
      // The page came from it: what it answers now is told by the page's own calls.
      status: 'active',
      path: page.location.protocol === 'https:' ? 'tls' : 'plain',
      capabilities: [],
      diagnostics: [],
    },
  }
}

async function tradeCode(page: Window, code: string): Promise<PairOutcome> {
  try {
    const response = await fetch('/pair', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, name: browserName(page.navigator.userAgent) }),
    })
    if (response.status === 429) return { status: 'too_many' }
    if (!response.ok) return { status: response.status >= 500 ? 'unreachable' : 'refused' }
    const answer = PairResponse.parse(await response.json())
    pageStorage.setItem(TOKEN_KEY, answer.token)
    return { status: 'paired' }
  } catch {
    return { status: 'unreachable' }
  }
}
