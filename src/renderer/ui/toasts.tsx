import { X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { useSyncExternalStore } from 'react'
import { strings } from '../strings/index.ts'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { StatusIcon } from './status-icon.tsx'
import { dismissToast, readToasts, subscribeToasts } from './toast-store.ts'

const SHOWN_MS = 6000

/** The toasts that stand now: an echo of what happened elsewhere, at most three, gone after six seconds. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribeToasts, readToasts)
  return (
    <Radix.Provider duration={SHOWN_MS} label={strings.shell.notification}>
      {toasts.map((toast) => (
        <Radix.Root
          key={toast.id}
          // Radix announces it: politely, as all that this page says is.
          type="background"
          onOpenChange={(open) => (open ? undefined : dismissToast(toast.id))}
          className="enter-fade flex items-start gap-2 rounded-card border border-line bg-raised p-3 shadow-overlay"
        >
          <span className="mt-0.5">
            <StatusIcon kind={toast.kind} label={null} />
          </span>
          <div className="min-w-0 flex-1">
            <Radix.Title className="font-strong break-words">{toast.title}</Radix.Title>
            {toast.body === undefined ? null : (
              <Radix.Description className="break-words text-muted">{toast.body}</Radix.Description>
            )}
            {toast.action === undefined ? null : (
              <Radix.Action asChild altText={toast.action.label}>
                <Button size="small" className="mt-2" onClick={toast.action.run}>
                  {toast.action.label}
                </Button>
              </Radix.Action>
            )}
          </div>
          <Radix.Close asChild>
            <IconButton size="tiny" label={strings.common.dismiss} icon={<X size={14} aria-hidden />} />
          </Radix.Close>
        </Radix.Root>
      ))}
      {/* Above the strip at the end of a terminal and a creation that is kept in view, whose buttons must not be covered. */}
      <Radix.Viewport className="fixed right-2 bottom-24 z-50 flex w-[min(360px,calc(100vw-16px))] flex-col gap-2" />
    </Radix.Provider>
  )
}
