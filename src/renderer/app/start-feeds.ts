import type { QueryClient } from '@tanstack/react-query'
import type { WorkerClient } from '../../client/worker-client.ts'
import type { AgentEvent } from '../../contract/agent/events.ts'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { tabsKey } from '../features/terminals/tab-store.ts'
import { tabStore } from '../features/terminals/tabs.ts'
import { terminalRegistry } from '../features/terminals/terminal-registry.ts'
import { pageStorage } from '../platform/page-storage.ts'
import type { WorkerDirectory } from '../platform/platform.ts'
import { strings } from '../strings/index.ts'
import { showToast, type Toast } from '../ui/toast-store.ts'
import { createCreationWatch, kindOf, noteCreation } from '../worker/creation-times.ts'
import { feedFrom } from '../worker/feed.ts'
import { newsOf, tellNews } from './news.ts'
import { askToOpen } from './open-requests.ts'
import { parseWorkspacePath } from './paths.ts'

const watch = createCreationWatch(() => performance.now())

/** Listens to every worker as long as the page stands: all are connected at once. */
export function startFeeds(workers: WorkerDirectory, queries: QueryClient): void {
  const feeds = new Map<WorkerClient, () => void>()
  const follow = (): void => {
    const entries = workers.list()
    for (const { summary, client } of entries) {
      if (feeds.has(client)) continue
      const onEvent = (event: AgentEvent, before: WorkspaceInfo | undefined): void => tell(summary.id, event, before)
      feeds.set(client, feedFrom({ worker: summary.id, client, queries, onEvent }))
    }
    for (const [client, stop] of feeds) {
      if (entries.some((entry) => entry.client === client)) continue
      stop()
      feeds.delete(client)
    }
  }
  workers.subscribe(follow)
  follow()
}

/** What of an event concerns people, and the terminals of this window. */
function tell(worker: string, event: AgentEvent, before: WorkspaceInfo | undefined): void {
  switch (event.type) {
    case 'workspace.created':
      watch.created(event.workspace.id)
      return
    case 'workspace.changed': {
      const tookMs = watch.changed(event.workspace)
      if (tookMs !== undefined) noteCreation(pageStorage, kindOf(worker, event.workspace), tookMs)
      const news = before === undefined ? undefined : newsOf(before, event.workspace, tookMs)
      if (news !== undefined) tellNews(news, wayTo({ worker, workspace: event.workspace.name }))
      return
    }
    case 'workspace.deleted':
      watch.deleted(event.workspaceId)
      forgetTerminals(worker, event.name)
      return
    case 'agent.warning':
      showToast({ kind: 'waiting', title: event.message })
      return
    case 'workspace.step':
    case 'terminals.changed':
    case 'engine.changed':
    case 'credentials.changed':
    case 'settings.changed':
    case 'clients.changed':
    case 'reset':
      return
  }
}

type Target = { worker: string; workspace: string }

/** The button of a toast that leads to a workspace; none where it is looked at. */
function wayTo(target: Target): Pick<Toast, 'action'> {
  if (isLookedAt(target)) return {}
  return { action: { label: strings.creation.openNamed(target.workspace), run: () => askToOpen(target) } }
}

function isLookedAt({ worker, workspace }: Target): boolean {
  const route = parseWorkspacePath(window.location.pathname)
  return route?.worker === worker && route.workspace === workspace
}

function forgetTerminals(worker: string, workspace: string): void {
  terminalRegistry.forgetWorkspace({ worker, workspace })
  tabStore.forget(tabsKey(worker, workspace))
}
