import { test } from '@playwright/test'
import { expectAccessible } from './axe.ts'
import { showTheme, THEMES, takeLargeScreenshot, takeScreenshot } from './screenshots.ts'
import type { Shell } from './shell.ts'

/** Looks at what is on the screen now: no violation in light or dark, and a picture of each. */
export async function look(shell: Shell, view: string): Promise<void> {
  for (const theme of THEMES) {
    await test.step(`${view}, ${theme}`, async () => {
      await showTheme(shell.page, theme)
      await expectAccessible(shell.page, `${view}, ${theme}`)
      await takeScreenshot(shell, view, theme)
    })
  }
  await takeLargeScreenshot(shell, view, 'light')
}
