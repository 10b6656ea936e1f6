import { Plus, Settings } from 'lucide-react'
import { useChord } from '../../commands/context.ts'
import { usePlatform } from '../../platform/context.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { useNavigation } from '../navigation.ts'
import { ScopePicker } from './scope-picker.tsx'
import { WorkspaceTree } from './workspace-tree.tsx'

/** All workers and their workspaces, and the ways to make one and to the settings. */
export function Sidebar() {
  return (
    <nav
      aria-label={strings.shell.sidebar}
      data-region
      className="flex w-65 shrink-0 flex-col border-r border-line bg-surface"
    >
      <SidebarContent />
    </nav>
  )
}

export function SidebarContent() {
  const { registry } = usePlatform()
  const { openCreate, openAppearance, openAddWorker } = useNavigation()
  const newChord = useChord('new-workspace')
  const settingsChord = useChord('settings')
  return (
    <>
      <div className="flex items-center justify-between gap-2 py-2 pr-2 pl-2">
        <ScopePicker />
        <IconButton
          size="tiny"
          label={strings.shell.newWorkspace}
          chord={newChord}
          icon={<Plus size={16} aria-hidden />}
          onClick={() => openCreate()}
        />
      </div>
      <WorkspaceTree />
      <div className="border-t border-line p-2">
        {registry === undefined ? null : (
          <Button variant="ghost" className="w-full justify-start text-muted" onClick={() => openAddWorker()}>
            <Plus size={16} aria-hidden />
            {strings.addWorker.title}
          </Button>
        )}
        <Button
          variant="ghost"
          className="w-full justify-start text-muted"
          onClick={openAppearance}
          title={settingsChord}
        >
          <Settings size={16} aria-hidden />
          {strings.shell.settings}
        </Button>
      </div>
    </>
  )
}
