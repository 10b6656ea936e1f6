import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { PROJECT } from './machine.ts'
import type { Shell } from './shell.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Shows the screens as they are in `theme`, as a system that was set to it would. */
export async function showTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
}

/** Leaves `artifacts/screenshots/<shell>/<view>-<theme>-<width>x<height>.png` in both sizes. */
export async function takeScreenshots(shell: Shell, view: string, theme: Theme): Promise<void> {
  for (const size of SIZES) {
    await shell.page.setViewportSize(size)
    const file = `${view}-${theme}-${size.width}x${size.height}.png`
    await shell.page.screenshot({
      path: join(PROJECT, 'artifacts/screenshots', shell.kind, file),
      animations: 'disabled',
    })
  }
  await shell.page.setViewportSize(SIZES[0])
}
