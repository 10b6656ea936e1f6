import { Tabs } from 'radix-ui'
import { useEffect } from 'react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { useCommand } from '../../commands/context.ts'
import { LogsView } from '../../features/logs/logs-view.tsx'
import { WorkspaceSettingsView } from '../../features/settings/workspace-settings-view.tsx'
import { StatsView } from '../../features/stats/stats-view.tsx'
import { tabsKey } from '../../features/terminals/tab-store.ts'
import { tabStore } from '../../features/terminals/tabs.ts'
import { strings } from '../../strings/index.ts'
import type { Worker } from '../../worker/workers.ts'
import { useNavigation } from '../navigation.ts'
import { isSection, SECTIONS, type Section } from '../paths.ts'
import { useWorkspaceActions } from '../workspace-menu.tsx'
import { LifeStrip } from './life-strip.tsx'
import { TerminalsSection } from './terminals-section.tsx'
import { WorkspaceHeader } from './workspace-header.tsx'

type WorkspaceBodyProps = { worker: Worker; workspace: WorkspaceInfo; section: Section; isReachable: boolean }

const SECTION_TITLES: Record<Section, string> = {
  terminals: strings.terminals.section,
  stats: strings.stats.section,
  logs: strings.logs.section,
  settings: strings.settings.section,
}

/** Header, sections and the chosen section of a workspace that is known. */
export function WorkspaceBody({ worker, workspace, section, isReachable }: WorkspaceBodyProps) {
  const { openWorkspace } = useNavigation()
  const actions = useWorkspaceActions(worker, workspace, isReachable)
  const go = (to: Section): void => openWorkspace(worker.id, workspace.name, to)
  useExpectedTerminal(worker, workspace)
  useWorkspaceCommands({ actions, workspace, isReachable, go })
  return (
    <Tabs.Root
      value={section}
      onValueChange={(value) => (isSection(value) ? go(value) : undefined)}
      activationMode="manual"
      className="flex min-h-0 flex-1 flex-col"
    >
      <WorkspaceHeader worker={worker} workspace={workspace} actions={actions} isReachable={isReachable} />
      <LifeStrip worker={worker} workspace={workspace} actions={actions} isReachable={isReachable} />
      <Tabs.List
        aria-label={strings.shell.sections(workspace.name)}
        className="flex h-9 shrink-0 gap-1 border-b border-line bg-surface px-3"
      >
        {SECTIONS.map((name) => (
          <Tabs.Trigger
            key={name}
            value={name}
            className="border-b-2 border-transparent px-3 text-muted select-none focus-inset hover:text-fg data-[state=active]:border-accent data-[state=active]:text-fg touch-target"
          >
            {SECTION_TITLES[name]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="terminals" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto">
        <TerminalsSection worker={worker} workspace={workspace} actions={actions} onShowLog={() => go('logs')} />
      </Tabs.Content>
      <Tabs.Content value="stats" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto">
        <StatsView
          worker={worker}
          name={workspace.name}
          isRunning={workspace.status === 'running'}
          isReachable={isReachable}
        />
      </Tabs.Content>
      <Tabs.Content value="logs" tabIndex={-1} className="min-h-0 flex-1">
        <LogsView worker={worker} name={workspace.name} />
      </Tabs.Content>
      <Tabs.Content value="settings" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto">
        <WorkspaceSettingsView
          worker={worker}
          workspace={workspace}
          isReachable={isReachable}
          onDelete={actions.remove}
        />
      </Tabs.Content>
    </Tabs.Root>
  )
}

/** Whoever watches a workspace come up gets its first terminal by itself. */
function useExpectedTerminal(worker: Worker, workspace: WorkspaceInfo): void {
  const isComing =
    workspace.status === 'creating' ||
    workspace.activity?.verb === 'starting' ||
    workspace.activity?.verb === 'restarting'
  useEffect(() => {
    if (isComing) tabStore.expectFirst(tabsKey(worker.id, workspace.name))
  }, [isComing, worker.id, workspace.name])
}

type CommandsInput = {
  actions: ReturnType<typeof useWorkspaceActions>
  workspace: WorkspaceInfo
  isReachable: boolean
  go: (section: Section) => void
}

function useWorkspaceCommands({ actions, workspace, isReachable, go }: CommandsInput): void {
  const why = (run: (() => void) | undefined, reason: string): string | undefined => {
    if (run !== undefined) return undefined
    if (!isReachable) return strings.commands.unavailable.offline
    return workspace.activity === undefined ? reason : strings.commands.unavailable.busy
  }
  const { notRunning, notStopped, busy } = strings.commands.unavailable
  useCommand('start-workspace', () => actions.start?.(), why(actions.start, notStopped))
  useCommand('stop-workspace', () => actions.stop?.(), why(actions.stop, notRunning))
  useCommand('restart-workspace', () => actions.restart?.(), why(actions.restart, notRunning))
  useCommand('delete-workspace', () => actions.remove?.(), why(actions.remove, busy))
  useCommand('show-terminals', () => go('terminals'))
  useCommand('show-logs', () => go('logs'))
  useCommand('show-stats', () => go('stats'))
  useCommand('show-workspace-settings', () => go('settings'))
  useCommand('rebuild-workspace', () => go('settings'), why(actions.remove, busy))
}
