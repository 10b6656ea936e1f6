import { useEffect, useRef } from 'react'
import { strings } from '../strings/index.ts'
import { isFocusIdle } from '../ui/idle-focus.ts'
import { focusPage, isDialogOpen } from './focus.ts'
import { isSettingsPath, parseWorkspacePath } from './paths.ts'

/**
 * On each change of page: its name becomes the window's, with that of the `worker` that all pages are of, where they are; and the
 * keyboard goes to its terminal or its heading.
 */
export function useRouteFocus(pathname: string, worker: string | undefined): void {
  const shown = useRef<string | undefined>(undefined)
  useEffect(() => {
    document.title = titleOf(pathname, worker)
  }, [pathname, worker])
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    // After a dialog that led here has given the focus back to its opener.
    const timer = setTimeout(() => {
      if (!isDialogOpen()) focusPage()
    })
    return () => clearTimeout(timer)
  }, [pathname])
}

/** When a page has become another one by itself (`stage`), and the keyboard is nowhere in particular, it goes there. */
export function useStageFocus(stage: string): void {
  useEffect(() => {
    if (isFocusIdle() && !isDialogOpen()) focusPage()
  }, [stage])
}

function titleOf(pathname: string, worker: string | undefined): string {
  const page =
    parseWorkspacePath(pathname)?.workspace ?? (isSettingsPath(pathname) ? strings.settings.title : undefined)
  if (worker === undefined) return page === undefined ? strings.common.appName : strings.common.pageTitle(page)
  return strings.common.pageTitle(page === undefined ? worker : strings.common.pageOf(page, worker))
}
