import type { Locator, Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'

export class CreateDialog {
  readonly root: Locator
  readonly repository: Locator
  readonly name: Locator
  readonly submit: Locator
  readonly submitInBackground: Locator
  readonly cancel: Locator

  constructor(page: Page) {
    this.root = page.getByRole('dialog', { name: strings.create.title })
    this.repository = this.root.getByLabel(strings.create.repository, { exact: true })
    this.name = this.root.getByLabel(strings.create.name, { exact: true })
    this.submit = this.root.getByRole('button', { name: strings.create.submit })
    this.submitInBackground = this.root.getByRole('button', { name: strings.create.submitInBackground })
    this.cancel = this.root.getByRole('button', { name: strings.common.cancel })
  }

  async fill({ name, cpus }: { name: string; cpus?: string }): Promise<void> {
    await this.name.fill(name)
    if (cpus === undefined) return
    await this.root.getByText(strings.create.resources, { exact: true }).click()
    await this.root.getByLabel(strings.create.cpus).fill(cpus)
  }
}
