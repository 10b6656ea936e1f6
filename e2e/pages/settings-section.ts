import { expect, type Locator, type Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'

/** The settings of the workspace that is open: cards, each saved by itself. */
export class SettingsSection {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async open(): Promise<void> {
    await this.#page.getByRole('tab', { name: strings.settings.section, exact: true }).click()
    await expect(this.card(strings.settings.limits)).toBeVisible()
  }

  card(title: string): Locator {
    return this.#page.getByRole('region', { name: title, exact: true })
  }

  async save(title: string): Promise<void> {
    await this.card(title).getByRole('button', { name: strings.settings.save, exact: true }).click()
    await expect(this.card(title).getByText(strings.settings.saved, { exact: true })).toBeVisible()
  }
}
