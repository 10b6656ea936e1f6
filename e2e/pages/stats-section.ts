import { expect, type Locator, type Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'

/** What the workspace that is open uses. */
export class StatsSection {
  readonly root: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.root = page.getByRole('region', { name: /^What .* uses$/ })
  }

  async open(): Promise<void> {
    await this.#page.getByRole('tab', { name: strings.stats.section, exact: true }).click()
    await expect(this.root).toBeVisible()
  }

  /** A chart in words, as a screen reader has it. */
  chart(title: string): Locator {
    return this.root.getByRole('img', { name: new RegExp(`^${title} over the last minutes: now `) })
  }
}
