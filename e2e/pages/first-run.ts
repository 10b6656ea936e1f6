import type { Locator, Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'

/** The screen of a worker that has no workspace yet. */
export class FirstRunPage {
  readonly heading: Locator
  readonly create: Locator
  readonly options: Locator

  constructor(page: Page) {
    this.heading = page.getByRole('heading', { name: strings.create.firstTitle })
    this.create = page.getByRole('button', { name: strings.create.firstButton, exact: true })
    this.options = page.getByRole('button', { name: strings.create.withOptions })
  }
}
