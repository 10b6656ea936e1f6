import type { Locator, Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'

/** The search over the terminal that is on the screen. */
export class SearchBar {
  readonly root: Locator
  readonly box: Locator
  readonly outcome: Locator

  constructor(page: Page) {
    this.box = page.getByRole('searchbox', { name: strings.terminals.search.label })
    this.root = page.getByRole('search').filter({ has: this.box })
    this.outcome = this.root.getByRole('status')
  }

  option(option: keyof typeof strings.terminals.search.options): Locator {
    return this.root.getByRole('button', { name: strings.terminals.search.options[option] })
  }
}
