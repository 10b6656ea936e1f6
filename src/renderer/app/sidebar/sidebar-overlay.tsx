import { Dialog } from 'radix-ui'
import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { strings } from '../../strings/index.ts'
import { useReturnFocus } from '../../ui/return-focus.ts'
import { focusPage } from '../focus.ts'
import { SidebarContent } from './sidebar.tsx'

/** The sidebar where there is no room beside the page: over it, until something was chosen. */
export function SidebarOverlay({ onClose }: { onClose: () => void }) {
  const { pathname } = useLocation()
  const returnFocus = useReturnFocus()
  const opened = useRef(pathname)
  useEffect(() => {
    if (pathname !== opened.current) onClose()
  }, [pathname, onClose])
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            returnFocus(event)
            // Something was chosen: the keyboard goes to its page.
            if (window.location.pathname !== opened.current) focusPage()
          }}
          onOpenAutoFocus={(event) => {
            const row = document.querySelector<HTMLElement>('[role=dialog] [role=treeitem][tabindex="0"]')
            if (row === null) return
            event.preventDefault()
            row.focus()
          }}
          className="fixed inset-y-0 left-0 z-30 flex w-65 max-w-[85vw] flex-col border-r border-line bg-surface shadow-overlay"
        >
          <Dialog.Title className="sr-only">{strings.shell.sidebar}</Dialog.Title>
          <SidebarContent />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
