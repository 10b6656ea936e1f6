import { expect, type Locator, type Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'

export class DeleteDialog {
  readonly root: Locator
  readonly keep: Locator
  readonly remove: Locator
  readonly removeAnyway: Locator

  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.root = page.getByRole('dialog', { name: /^Delete / })
    this.keep = this.root.getByRole('button', { name: strings.deletion.keep })
    this.remove = this.root.getByRole('button', { name: strings.deletion.delete })
    this.removeAnyway = this.root.getByRole('button', { name: strings.deletion.deleteAnyway })
  }

  async typeName(name: string): Promise<void> {
    await this.root.getByLabel(strings.deletion.typeName(name)).fill(name)
  }

  /** Keeps the workspace, and waits until the keyboard is back where it was: what is typed next goes there. */
  async dismiss(): Promise<void> {
    await this.keep.click()
    await expect(this.root).toBeHidden()
    await expect(this.#page.locator(':focus')).toBeVisible()
  }

  /** Deletes, by the name where the report asks for it. */
  async removeWhenSure(name: string): Promise<void> {
    await expect(this.remove.or(this.root.getByLabel(strings.deletion.typeName(name))).first()).toBeVisible()
    if (await this.remove.isVisible()) {
      await this.remove.click()
      return
    }
    await this.typeName(name)
    await this.removeAnyway.click()
  }
}
