import { useState } from 'react'
import { useLocation } from 'react-router'
import { CreationDock } from '../features/workspaces/creation-dock.tsx'
import { usePlatform } from '../platform/context.ts'
import { strings } from '../strings/index.ts'
import { LiveRegion } from '../ui/announcer.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { backgroundOf } from './background.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { focusPage } from './focus.ts'
import { useIsWide } from './media.ts'
import { BackgroundContext, useNavigation, useWorkspaceRoute } from './navigation.ts'
import { Overlays } from './overlays/overlays.tsx'
import { Pages } from './pages/pages.tsx'
import { useRouteFocus, useStageFocus } from './route-focus.ts'
import { ShellCommands } from './shell-commands.tsx'
import { Sidebar } from './sidebar/sidebar.tsx'
import { SidebarOverlay } from './sidebar/sidebar-overlay.tsx'
import { StatusBar } from './status-bar.tsx'
import { TitleBar } from './title-bar.tsx'
import { useWorkerListSource, WorkerListContext } from './worker-list.ts'

/** Title bar, sidebar, page and status bar, and what lies over them. */
export function Shell() {
  const location = useLocation()
  const isWide = useIsWide()
  const { registry } = usePlatform()
  const workers = useWorkerListSource()
  const [besideOpen, setBesideOpen] = useState(true)
  const [overlayOpen, setOverlayOpen] = useState(false)
  const background = backgroundOf(location)
  const page = background ?? location
  useRouteFocus(page.pathname, registry === undefined ? workers[0]?.worker.label : undefined)
  // Whoever hides the sidebar from within goes on in the page.
  useStageFocus(`${isWide && besideOpen}`)
  const toggle = (): void => (isWide ? setBesideOpen(!besideOpen) : setOverlayOpen(!overlayOpen))

  return (
    <WorkerListContext value={workers}>
      <BackgroundContext value={background}>
        <SkipLink />
        <ShellCommands onToggleSidebar={toggle} />
        <div className="flex h-full flex-col">
          <TitleBar sidebarOpen={isWide ? besideOpen : overlayOpen} onToggleSidebar={toggle} />
          <div className="flex min-h-0 flex-1">
            {isWide && besideOpen ? <Sidebar /> : null}
            <main aria-label={strings.shell.main} data-region className="flex min-w-0 flex-1 flex-col bg-bg">
              <ErrorBoundary resetKey={page.pathname}>
                <Pages location={page} />
              </ErrorBoundary>
            </main>
          </div>
          <Creations />
          <StatusBar />
        </div>
        {!isWide && overlayOpen ? <SidebarOverlay onClose={() => setOverlayOpen(false)} /> : null}
        <Overlays />
      </BackgroundContext>
      <Toasts />
      <LiveRegion />
    </WorkerListContext>
  )
}

function Creations() {
  const route = useWorkspaceRoute()
  const { openWorkspace } = useNavigation()
  return <CreationDock shown={route} onOpen={({ worker, workspace }) => openWorkspace(worker, workspace)} />
}

function SkipLink() {
  return (
    <button
      type="button"
      onClick={focusPage}
      className="sr-only focus:not-sr-only focus:fixed focus:top-1 focus:left-1 focus:z-50 focus:rounded-control focus:border focus:border-control focus:bg-raised focus:px-3 focus:py-2"
    >
      {strings.shell.skipToTerminal}
    </button>
  )
}
