import { type Location, Navigate, Route, Routes } from 'react-router'
import { usePlatform } from '../../platform/context.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useNavigation } from '../navigation.ts'
import { ADD_WORKER_PATH, APPEARANCE_PATH, NEW_PATH } from '../paths.ts'
import { HomePage, WorkerPage } from './home-page.tsx'
import { SettingsPage } from './settings-page.tsx'
import { WorkspacePage } from './workspace-page.tsx'

/** The pages by their address: the same in both shells. */
export function Pages({ location }: { location: Location }) {
  const { registry } = usePlatform()
  return (
    <Routes location={location}>
      <Route index element={<HomePage />} />
      <Route path={NEW_PATH} element={<HomePage />} />
      <Route path={ADD_WORKER_PATH} element={registry === undefined ? <NotFound /> : <HomePage />} />
      <Route path="/settings/:page" element={<SettingsPage />} />
      <Route path="/settings" element={<Navigate to={APPEARANCE_PATH} replace />} />
      <Route path="/w/:worker" element={<WorkerPage />} />
      <Route path="/w/:worker/:workspace" element={<WorkspacePage />} />
      <Route path="/w/:worker/:workspace/:section" element={<WorkspacePage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}

function NotFound() {
  const { openHome } = useNavigation()
  return (
    <EmptyState heading title={strings.shell.pageNotFound} body={strings.shell.pageNotFoundBody}>
      <Button onClick={openHome}>{strings.shell.backToWorkspaces}</Button>
    </EmptyState>
  )
}
