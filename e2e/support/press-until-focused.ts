import { expect, type Locator, type Page } from '@playwright/test'

const MOST_STOPS = 60

/** Presses `key` until `target` has the focus, as somebody without a mouse would. */
export async function pressUntilFocused(page: Page, key: string, target: Locator): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  await expect(target).toBeFocused()
}
