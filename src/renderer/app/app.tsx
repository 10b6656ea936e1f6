import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { BrowserRouter } from 'react-router'
import { createCommandCenter } from '../commands/command-center.ts'
import { CommandContext } from '../commands/context.ts'
import type { AppearanceStore } from '../platform/appearance.ts'
import { PlatformContext } from '../platform/context.ts'
import type { Platform } from '../platform/platform.ts'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { type Overlay, OverlayContext } from './overlays/overlay.ts'
import { Shell } from './shell.tsx'

type AppProps = { platform: Platform; appearance: AppearanceStore; queries: QueryClient }

const TOOLTIP_DELAY_MS = 500

/** The whole of the screens, for either shell. */
export function App({ platform, appearance, queries }: AppProps) {
  const [commands] = useState(createCommandCenter)
  const [overlay, setOverlay] = useState<Overlay | undefined>(undefined)
  const place = useMemo(() => ({ platform, appearance }), [platform, appearance])
  const overlays = useMemo(() => ({ overlay, open: setOverlay, close: () => setOverlay(undefined) }), [overlay])
  return (
    <PlatformContext value={place}>
      <QueryClientProvider client={queries}>
        <CommandContext value={commands}>
          <OverlayContext value={overlays}>
            <TooltipProvider delayDuration={TOOLTIP_DELAY_MS}>
              <BrowserRouter>
                <Shell />
              </BrowserRouter>
            </TooltipProvider>
          </OverlayContext>
        </CommandContext>
      </QueryClientProvider>
    </PlatformContext>
  )
}
