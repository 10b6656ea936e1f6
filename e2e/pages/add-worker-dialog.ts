import type { Locator, Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'

const words = strings.addWorker

export class AddWorkerDialog {
  readonly root: Locator
  readonly host: Locator
  readonly code: Locator
  readonly add: Locator
  readonly check: Locator

  constructor(page: Page) {
    this.root = page.getByRole('dialog', { name: words.title })
    this.host = this.root.getByRole('textbox', { name: words.host })
    this.code = this.root.getByRole('textbox', { name: strings.connection.code })
    this.add = this.root.getByRole('button', { name: words.add, exact: true })
    this.check = this.root.getByRole('button', { name: words.check, exact: true })
  }

  tab(way: 'tailnet' | 'address' | 'code'): Locator {
    return this.root.getByRole('tab', { name: words[way], exact: true })
  }
}
