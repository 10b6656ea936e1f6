import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { PROJECT } from './machine.ts'
import type { Shell } from './shell.ts'

const USUAL = { width: 1280, height: 800 } as const
const LARGE = { width: 1920, height: 1080 } as const

export const THEMES = ['dark', 'light'] as const
export type Theme = (typeof THEMES)[number]

/** Shows the screens as they are in `theme`, as a system that was set to it would. */
export async function showTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
}

/** Leaves `artifacts/screenshots/<shell>/<view>-<theme>-1280x800.png`. */
export async function takeScreenshot(shell: Shell, view: string, theme: Theme): Promise<void> {
  await shell.page.setViewportSize(USUAL)
  await take(shell, `${view}-${theme}`, USUAL)
}

/** A picture on a large screen, in the theme that is shown: the other has the same places and other colours. */
export async function takeLargeScreenshot(shell: Shell, view: string, theme: Theme): Promise<void> {
  await shell.page.setViewportSize(LARGE)
  await take(shell, `${view}-${theme}`, LARGE)
  await shell.page.setViewportSize(USUAL)
}

async function take(shell: Shell, name: string, { width, height }: { width: number; height: number }): Promise<void> {
  const path = join(PROJECT, 'artifacts/screenshots', shell.kind, `${name}-${width}x${height}.png`)
  await shell.page.screenshot({ path, animations: 'disabled' })
}
