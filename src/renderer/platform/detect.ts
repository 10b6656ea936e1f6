import { createDesktopPlatform } from './desktop-platform.ts'
import type { Platform } from './platform.ts'
import { createWebPlatform } from './web-platform.ts'

/** The scheme of the pages of the desktop app; everything else was served by an agent. */
const DESKTOP_PROTOCOL = 'app:'

/** The shell that this page stands in. */
export function detectPlatform(page: Window): Platform {
  return page.location.protocol === DESKTOP_PROTOCOL ? createDesktopPlatform(page) : createWebPlatform(page)
}
