import { useCallback, useEffect, useRef } from 'react'
import type { AppCommand } from '../../contract/desktop/command.ts'
import { useCommand, useCommandCenter } from '../commands/context.ts'
import { usePlatform } from '../platform/context.ts'
import { strings } from '../strings/index.ts'
import { focusRegion } from './focus.ts'
import { useNavigation } from './navigation.ts'
import { useOpenRequests } from './open-requests.ts'
import { useOverlay } from './overlays/overlay.ts'
import { useShellKeys } from './shell-keys.ts'
import { useScopeFollowsPage, useWorkersInScope } from './switching/scope.ts'
import { useSwitchWorker } from './switching/use-switch-worker.ts'
import { useNotedPlace } from './switching/where.ts'
import { useWorkerList } from './worker-list.ts'

const FONT_SIZE = { min: 8, max: 32, normal: 13 }

/** The commands that the shell itself carries out, and the keys and menus that ask for commands. */
export function ShellCommands({ onToggleSidebar }: { onToggleSidebar: () => void }) {
  const navigation = useNavigation()
  const { open } = useOverlay()
  const workers = useWorkerList()
  useCommand('palette', () => open({ kind: 'palette', prefix: '' }))
  useCommand('command-list', () => open({ kind: 'palette', prefix: '>' }))
  const { registry } = usePlatform()
  useCommand(
    'add-worker',
    () => navigation.openAddWorker(),
    registry === undefined ? strings.workers.notFromHere : undefined,
  )
  useCommand('choose-worker', () => open({ kind: 'palette', prefix: '@' }))
  useCommand('shortcuts', () => open({ kind: 'shortcuts' }))
  useCommand(
    'new-workspace',
    () => navigation.openCreate(),
    workers.length === 0 ? strings.commands.unavailable.offline : undefined,
  )
  useCommand('back', navigation.back)
  useCommand('forward', navigation.forward)
  useCommand('settings', navigation.openAppearance)
  const noWorker = workers.length === 0 ? strings.commands.unavailable.offline : undefined
  useCommand('show-about', () => navigation.openWorkerSettings('about'), noWorker)
  useCommand('show-credentials', () => navigation.openWorkerSettings('credentials'), noWorker)
  useCommand('show-scripts', () => navigation.openWorkerSettings('scripts'), noWorker)
  useCommand('show-templates', () => navigation.openWorkerSettings('templates'), noWorker)
  useCommand('show-worker-settings', () => navigation.openWorkerSettings('worker'), noWorker)
  useCommand('show-access', () => navigation.openWorkerSettings('access'), noWorker)
  useCommand('toggle-sidebar', onToggleSidebar)
  useCommand('next-region', () => focusRegion(1))
  useCommand('previous-region', () => focusRegion(-1))
  useTextSizeCommands()
  useMenuCommands()
  useOpenRequests()
  useLinkRequests()
  useNotedPlace()
  useScopeFollowsPage()
  useSwitchWorker()

  const { openWorkspace } = navigation
  const onLeader = useCallback(() => open({ kind: 'leader' }), [open])
  const shown = useWorkersInScope()
  const onWorkspace = useCallback(
    (position: number) => {
      const all = shown.flatMap(({ worker, workspaces = [] }) =>
        workspaces.map(({ name }) => ({ worker: worker.id, name })),
      )
      const chosen = all[position - 1]
      if (chosen !== undefined) openWorkspace(chosen.worker, chosen.name)
    },
    [shown, openWorkspace],
  )
  useShellKeys({ onLeader, onWorkspace })
  return null
}

/** A link from elsewhere fills in a form, and does nothing else. */
function useLinkRequests(): void {
  const { registry } = usePlatform()
  const { openAddWorker } = useNavigation()
  const open = useRef(openAddWorker)
  useEffect(() => {
    open.current = openAddWorker
  })
  useEffect(() => registry?.onRequest(({ host, code }) => open.current({ host, code })), [registry])
}

function useTextSizeCommands(): void {
  const { settings } = usePlatform()
  const resize = (size: number): void =>
    settings.update({ terminalFontSize: Math.min(FONT_SIZE.max, Math.max(FONT_SIZE.min, size)) })
  useCommand('larger-text', () => resize(settings.read().terminalFontSize + 1))
  useCommand('smaller-text', () => resize(settings.read().terminalFontSize - 1))
  useCommand('reset-text', () => resize(FONT_SIZE.normal))
}

/** The application's own menu asks for the same commands as keys do. */
function useMenuCommands(): void {
  const { onMenuCommand } = usePlatform()
  const center = useCommandCenter()
  useEffect(
    () =>
      onMenuCommand((command: AppCommand) => {
        const handler = center.handlerOf(command)
        if (handler?.unavailable === undefined) handler?.run()
      }),
    [onMenuCommand, center],
  )
}
