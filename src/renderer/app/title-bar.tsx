import clsx from 'clsx'
import { PanelLeft, Search } from 'lucide-react'
import { useChord } from '../commands/context.ts'
import { usePlatform } from '../platform/context.ts'
import { strings } from '../strings/index.ts'
import { Button } from '../ui/button.tsx'
import { Chord } from '../ui/chord.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { MiddleTruncate } from '../ui/truncate.tsx'
import { AppMenu } from './app-menu.tsx'
import { useWorkspaceRoute } from './navigation.ts'
import { useOverlay } from './overlays/overlay.ts'
import { useWorkerList } from './worker-list.ts'

type TitleBarProps = { sidebarOpen: boolean; onToggleSidebar: () => void }

/** What is looked at, and the ways to go elsewhere. On a Mac it stands beside the window's own buttons. */
export function TitleBar({ sidebarOpen, onToggleSidebar }: TitleBarProps) {
  const { shell, os } = usePlatform()
  const overlay = useOverlay()
  const sidebarChord = useChord('toggle-sidebar')
  const paletteChord = useChord('palette')
  const isInset = shell === 'desktop' && os === 'mac'
  return (
    <header
      data-region
      className={clsx(
        'flex h-10 shrink-0 items-center gap-2 border-b border-line bg-surface pr-2',
        isInset ? 'pl-20 window-drag' : 'pl-2',
      )}
    >
      <IconButton
        label={strings.commands.title['toggle-sidebar']}
        chord={sidebarChord}
        aria-expanded={sidebarOpen}
        icon={<PanelLeft size={16} aria-hidden />}
        onClick={onToggleSidebar}
      />
      <AppMenu />
      <Place />
      <Button
        size="small"
        className="ml-auto min-w-40 border-line max-narrow:min-w-0 text-muted"
        onClick={() => overlay.open({ kind: 'palette', prefix: '' })}
      >
        <Search size={14} aria-hidden />
        <span className="flex-1 text-left">{strings.shell.goTo}</span>
        {paletteChord === undefined ? null : (
          <span className="max-narrow:hidden">
            <Chord text={paletteChord} />
          </span>
        )}
      </Button>
    </header>
  )
}

/** The workspace and its worker, as in the window's title. */
function Place() {
  const route = useWorkspaceRoute()
  const workers = useWorkerList()
  const label = workers.find(({ worker }) => worker.id === route?.worker)?.worker.label
  const { registry } = usePlatform()
  if (route === undefined || label === undefined) {
    // A browser may have pages of several workers open, each with one for good.
    const title = registry === undefined ? workers[0]?.worker.label : undefined
    return <p className="min-w-0 flex-1 truncate font-strong">{title ?? strings.common.appName}</p>
  }
  return (
    <p className="flex min-w-0 flex-1 items-baseline gap-2">
      <MiddleTruncate text={route.workspace} className="font-strong" />
      <span className="truncate text-muted max-narrow:hidden">{label}</span>
    </p>
  )
}
