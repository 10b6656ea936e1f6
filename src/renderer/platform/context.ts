import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Appearance, AppearanceStore } from './appearance.ts'
import type { Platform } from './platform.ts'
import type { AppSettings } from './settings.ts'

export type PlatformContextValue = { platform: Platform; appearance: AppearanceStore }

export const PlatformContext = createContext<PlatformContextValue | undefined>(undefined)

function usePlatformContext(): PlatformContextValue {
  const value = useContext(PlatformContext)
  if (value === undefined) throw new Error('a screen stands outside PlatformContext')
  return value
}

export function usePlatform(): Platform {
  return usePlatformContext().platform
}

export function useAppearance(): Appearance {
  const { appearance } = usePlatformContext()
  return useSyncExternalStore(appearance.subscribe, appearance.read)
}

export function useSettings(): AppSettings {
  const { settings } = usePlatform()
  return useSyncExternalStore(settings.subscribe, settings.read)
}
