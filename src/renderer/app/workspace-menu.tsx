import { useQueryClient } from '@tanstack/react-query'
import { ClipboardList, Hourglass, Play, RotateCw, ScrollText, Square, Trash2 } from 'lucide-react'
import type { RefObject } from 'react'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { allowedActions, putOffEnd, runAction, type WorkspaceVerb } from '../features/workspaces/actions.ts'
import { strings } from '../strings/index.ts'
import { MenuItem, MenuPanel, MenuSeparator } from '../ui/menu.tsx'
import { useCopyDiagnostics } from '../worker/use-diagnostics.ts'
import type { Worker } from '../worker/workers.ts'
import { useNavigation } from './navigation.ts'
import { useOverlay } from './overlays/overlay.ts'

/** What can be asked of a workspace, with what carries it out; undefined: not now. */
export function useWorkspaceActions(worker: Worker, workspace: WorkspaceInfo, isReachable: boolean) {
  const queries = useQueryClient()
  const overlay = useOverlay()
  const allowed = allowedActions(workspace)
  const action = (verb: WorkspaceVerb): (() => void) | undefined =>
    allowed[verb] && isReachable ? () => void runAction({ worker, queries }, verb, workspace.name) : undefined
  const stop = action('stop')
  const askToStop = (): void => overlay.open({ kind: 'stop', worker: worker.id, workspace: workspace.name })
  return {
    start: action('start'),
    // A stop that deletes asks first.
    stop: stop !== undefined && workspace.type === 'temporary' ? askToStop : stop,
    restart: action('restart'),
    remove:
      allowed.delete && isReachable
        ? () => overlay.open({ kind: 'delete', worker: worker.id, workspace: workspace.name })
        : undefined,
  }
}

type WorkspaceMenuProps = {
  worker: Worker
  workspace: WorkspaceInfo
  isReachable: boolean
  /** Takes the focus when the menu closes, where its button is not for keys. */
  returnTo?: RefObject<HTMLElement | null>
}

/** The menu of a workspace: the same in its row and in the header of its page. */
export function WorkspaceMenu({ worker, workspace, isReachable, returnTo }: WorkspaceMenuProps) {
  const { start, stop, restart, remove } = useWorkspaceActions(worker, workspace, isReachable)
  const { openWorkspace } = useNavigation()
  const copyDiagnostics = useCopyDiagnostics(worker, { workspace })
  return (
    <MenuPanel
      align="end"
      onCloseAutoFocus={(event) => {
        if (returnTo === undefined) return
        event.preventDefault()
        returnTo.current?.focus()
      }}
    >
      <Item label={strings.workspace.start} icon={<Play size={16} aria-hidden />} run={start} />
      <Item label={strings.workspace.stop} icon={<Square size={16} aria-hidden />} run={stop} />
      <Item label={strings.workspace.restart} icon={<RotateCw size={16} aria-hidden />} run={restart} />
      {workspace.expiresAt === undefined ? null : (
        <Item
          label={strings.life.putOffLong}
          icon={<Hourglass size={16} aria-hidden />}
          run={isReachable ? () => void putOffEnd(worker, workspace.name) : undefined}
        />
      )}
      <MenuSeparator />
      <Item
        label={strings.creation.showLog}
        icon={<ScrollText size={16} aria-hidden />}
        run={() => openWorkspace(worker.id, workspace.name, 'logs')}
      />
      <Item
        label={strings.creation.copyDiagnostics}
        icon={<ClipboardList size={16} aria-hidden />}
        run={() => void copyDiagnostics()}
      />
      <MenuSeparator />
      <Item danger label={strings.workspace.delete} icon={<Trash2 size={16} aria-hidden />} run={remove} />
    </MenuPanel>
  )
}

type ItemProps = { label: string; icon: React.ReactNode; run: (() => void) | undefined; danger?: boolean }

function Item({ label, icon, run, danger = false }: ItemProps) {
  return (
    <MenuItem
      label={label}
      icon={icon}
      danger={danger && run !== undefined}
      disabled={run === undefined}
      // After the menu has closed and given the focus back, so that a dialog remembers the row as its opener.
      onSelect={() => setTimeout(() => run?.())}
    />
  )
}
