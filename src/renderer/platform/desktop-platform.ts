import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { createWorkerClient } from '../../client/create-worker-client.ts'
import { createPortLink } from '../../client/links/port-link.ts'
import type { WorkerClient } from '../../client/worker-client.ts'
import type { DesktopApi } from '../../contract/desktop/index.ts'
import type { AddOutcome } from '../../contract/desktop/pairing.ts'
import type { PortRequest } from '../../contract/desktop/port.ts'
import { PORT_MESSAGE } from '../../contract/desktop/port-message.ts'
import type { VaultStatus } from '../../contract/desktop/vault.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'
import { createStore } from '../ui/store.ts'
import { isReachedAgain } from './is-reached-again.ts'
import { createKeptLists } from './kept-lists.ts'
import { onWake } from './on-wake.ts'
import { operatingSystemOf } from './operating-system.ts'
import { pageStorage } from './page-storage.ts'
import type { PairOutcome, Platform, VaultView, WorkerDirectory, WorkerEntry, WorkerRegistry } from './platform.ts'
import { createSettings } from './settings.ts'

/** The desktop app: calls to main, and every worker that main knows, over ports that preload hands over. */
export function createDesktopPlatform(page: Window): Platform {
  const openPort = (request: PortRequest): MessagePort => handOver(page, request)
  const port = openPort({ kind: 'desktop' })
  const desktop = createORPCClient<DesktopApi>(new RPCLink({ port }))
  port.start()

  const settings = createSettings({
    storage: pageStorage,
    onUpdate: ({ theme, contrast, terminalFontSize }) => {
      const patch = {
        ...(theme === undefined ? {} : { theme }),
        ...(contrast === undefined ? {} : { contrast }),
        ...(terminalFontSize === undefined ? {} : { terminalFontSize }),
      }
      if (Object.keys(patch).length > 0) settle(desktop.app.settings.update(patch))
    },
  })
  settle(desktop.app.settings.get().then((kept) => settings.take(kept)))

  const screenReader = createStore(false)
  follow(
    () => desktop.app.screenReader(),
    ({ isPresent }) => screenReader.set(isPresent),
  )

  return {
    shell: 'desktop',
    os: operatingSystemOf(page.navigator.userAgent),
    caps: { reservedChords: false, workerOutlivesWindow: false },
    settings,
    workers: createDirectory(desktop, { page, openPort }),
    registry: createRegistry(desktop),
    keptLists: createKeptLists(pageStorage),
    screenReader,
    openExternal: (url) => settle(desktop.app.openExternal({ url })),
    onMenuCommand: (listener) =>
      follow(
        () => desktop.app.commands(),
        ({ command }) => listener(command),
      ),
    vault: createVaultView(desktop),
    showMenu: (x, y) => settle(desktop.app.showMenu({ x: Math.round(x), y: Math.round(y) })),
  }
}

/** Makes a channel, gives one end away by preload and keeps the other. The receiver starts its own end. */
function handOver(page: Window, request: PortRequest): MessagePort {
  const { port1, port2 } = new MessageChannel()
  page.postMessage({ type: PORT_MESSAGE, request }, page.location.origin, [port2])
  return port1
}

interface DirectoryDeps {
  page: Window
  openPort: (request: PortRequest) => MessagePort
}

function createDirectory(desktop: DesktopApi, { page, openPort }: DirectoryDeps): WorkerDirectory {
  const listeners = new Set<() => void>()
  const clients = new Map<string, WorkerClient>()
  let entries: readonly WorkerEntry[] = []

  const clientOf = (worker: string): WorkerClient => {
    const known = clients.get(worker)
    if (known !== undefined) return known
    const client = createWorkerClient({
      link: createPortLink({
        openWorker: () => openPort({ kind: 'worker', worker }),
        openTerminal: (workspace) => openPort({ kind: 'terminal', worker, workspace }),
        openUpload: (workspace) => openPort({ kind: 'upload', worker, workspace }),
      }),
    })
    clients.set(worker, client)
    return client
  }

  const update = (summaries: readonly WorkerSummary[]): void => {
    entries = summaries.map((summary) => ({ summary, client: clientOf(summary.id) }))
    for (const [id, client] of clients) {
      if (summaries.some((summary) => summary.id === id)) continue
      client.dispose()
      clients.delete(id)
    }
    for (const { summary, client } of entries) if (isReachedAgain(summary, client.connection)) client.retryNow()
    for (const listener of listeners) listener()
  }
  follow(() => desktop.workers.watch(), update)
  onWake(page, () => {
    for (const client of clients.values()) if (client.connection.status !== 'refused') client.retryNow()
  })

  return {
    list: () => entries,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    retry: (worker) => {
      settle(desktop.workers.retry({ id: worker }))
      clients.get(worker)?.retryNow()
    },
    // Workers are paired in main, which keeps their tokens.
    pair: async (worker, code) => {
      try {
        const outcome = await desktop.workers.pairAgain({ id: worker, code })
        if (outcome.status === 'added') clients.get(worker)?.retryNow()
        return pairOutcomeOf(outcome)
      } catch {
        return { status: 'unreachable' }
      }
    },
  }
}

function pairOutcomeOf(outcome: AddOutcome): PairOutcome {
  switch (outcome.status) {
    case 'added':
      return { status: 'paired' }
    case 'code_refused':
      return { status: 'refused' }
    case 'too_many':
      return { status: 'too_many' }
    case 'unreached':
      return { status: 'failed', message: outcome.probe.message }
    default:
      return { status: 'failed', message: outcome.message }
  }
}

function createRegistry({ workers, app }: DesktopApi): WorkerRegistry {
  return {
    suggestions: (signal) => workers.suggestions(undefined, { signal }),
    test: (host) => workers.test({ host }),
    add: (input) => workers.add(input),
    rename: (id, label) => workers.rename({ id, label }),
    remove: (id) => workers.remove({ id }),
    onRequest: (listener) => follow(() => app.requests(), listener),
  }
}

function createVaultView(desktop: DesktopApi): VaultView {
  const listeners = new Set<() => void>()
  let status: VaultStatus = { place: 'unused' }
  const take = (next: VaultStatus): void => {
    status = next
    for (const listener of listeners) listener()
  }
  follow(() => desktop.vault.watch(), take)
  return {
    status: () => status,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    retry: async () => take(await desktop.vault.retry()),
    allowFile: async () => take(await desktop.vault.allowFile({ yes: true })),
  }
}

/** Reads a stream of main until it ends or is let go; main and its ports live exactly as long as this page. */
function follow<Item>(open: () => Promise<AsyncIterable<Item>>, listener: (item: Item) => void): () => void {
  let stopped = false
  const read = async (): Promise<void> => {
    for await (const item of await open()) {
      if (stopped) return
      listener(item)
    }
  }
  settle(read())
  return () => {
    stopped = true
  }
}

/** A call to main whose failure changes nothing on the screen: main logs it, and goes away only with this page. */
function settle(call: Promise<unknown>): void {
  call.catch(() => undefined)
}
