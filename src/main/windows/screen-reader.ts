import type { App } from 'electron'
import type { ScreenReader } from '../../contract/desktop/index.ts'
import { Feed } from '../bridge/feed.ts'

/** Whether a screen reader is at work: Electron tells on macOS and Windows. Elsewhere the person says so in the settings. */
export function watchScreenReader(app: App, platform: NodeJS.Platform): Feed<ScreenReader> {
  const isTold = platform === 'darwin' || platform === 'win32'
  const feed = new Feed<ScreenReader>({ isPresent: isTold && app.accessibilitySupportEnabled })
  app.on('accessibility-support-changed', (_event, isPresent) => feed.set({ isPresent }))
  return feed
}
