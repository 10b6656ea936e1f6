import { expect, type Locator, type Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'

/** The log of the workspace that is open. */
export class LogSection {
  readonly lines: Locator
  readonly follow: Locator
  readonly find: Locator
  readonly source: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.lines = page.getByRole('region', { name: /^Log of / }).getByRole('listitem')
    this.follow = page.getByRole('button', { name: strings.logs.following, exact: true })
    this.find = page.getByRole('searchbox', { name: strings.logs.find })
    this.source = page.getByRole('combobox', { name: strings.logs.sources })
  }

  async open(): Promise<void> {
    await this.#page.getByRole('tab', { name: strings.logs.section, exact: true }).click()
    await expect(this.lines.first()).toBeVisible()
  }
}
