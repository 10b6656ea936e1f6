import { useEffect, useRef } from 'react'
import { strings } from '../strings/index.ts'
import { isFocusIdle } from '../ui/idle-focus.ts'
import { focusPage, isDialogOpen } from './focus.ts'
import { parseWorkspacePath } from './paths.ts'

/** On each change of page: its name becomes the window's, and the keyboard goes to its terminal or its heading. */
export function useRouteFocus(pathname: string): void {
  const shown = useRef<string | undefined>(undefined)
  useEffect(() => {
    document.title = titleOf(pathname)
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

function titleOf(pathname: string): string {
  const route = parseWorkspacePath(pathname)
  if (route !== undefined) return strings.common.pageTitle(route.workspace)
  if (pathname.startsWith('/settings')) return strings.common.pageTitle(strings.settings.title)
  return strings.common.appName
}
