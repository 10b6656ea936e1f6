import { expect, type Locator, type Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'

const words = strings.addWorker

export class AddWorkerDialog {
  readonly root: Locator
  readonly host: Locator
  readonly code: Locator
  readonly add: Locator
  readonly check: Locator
  readonly trust: Locator
  readonly lookAgain: Locator

  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.root = page.getByRole('dialog', { name: words.title })
    this.host = this.root.getByRole('textbox', { name: words.host })
    this.code = this.root.getByRole('textbox', { name: strings.connection.code })
    this.add = this.root.getByRole('button', { name: words.add, exact: true })
    this.check = this.root.getByRole('button', { name: words.check, exact: true })
    this.trust = this.root.getByRole('checkbox', { name: words.trust })
    this.lookAgain = this.root.getByRole('button', { name: words.lookAgain })
  }

  tab(way: 'tailnet' | 'address' | 'code'): Locator {
    return this.root.getByRole('tab', { name: words[way], exact: true })
  }

  /** A computer of the tailnet. */
  computer(label: string): Locator {
    return this.root.getByRole('list', { name: words.computers }).getByRole('listitem').filter({ hasText: label })
  }

  /** Opens it by the palette, on the tailnet's tab. */
  async open(): Promise<void> {
    await this.#page.keyboard.press('Control+Shift+K')
    const palette = this.#page.getByRole('dialog', { name: strings.commands.paletteTitle })
    await expect(palette.getByRole('combobox')).toBeFocused()
    await this.#page.keyboard.type('>add worker')
    const command = palette.getByRole('option', { name: new RegExp(strings.commands.title['add-worker']) })
    await expect(command).toHaveAttribute('aria-selected', 'true')
    await this.#page.keyboard.press('Enter')
    await expect(this.tab('tailnet')).toBeFocused()
    await expect(this.lookAgain).toBeEnabled()
  }

  /** Opens it, and looks what is at an address; by keys alone. */
  async look(address: string): Promise<void> {
    await this.open()
    await this.#page.keyboard.press('ArrowRight')
    await expect(this.tab('address')).toBeFocused()
    await this.#page.keyboard.press('Enter')
    await expect(this.host).toBeVisible()
    await this.#page.keyboard.press('Tab')
    await this.lookAt(address)
  }

  /** Looks what is at an address, with the keyboard in its field. */
  async lookAt(address: string): Promise<void> {
    await expect(this.host).toBeFocused()
    await this.#page.keyboard.press('ControlOrMeta+A')
    await this.#page.keyboard.type(address)
    await this.#page.keyboard.press('Enter')
  }

  /** Says that the certificate is the same, with the keyboard in the field before it. */
  async trustByKeys(): Promise<void> {
    await this.#page.keyboard.press('Tab')
    await expect(this.trust).toBeFocused()
    await this.#page.keyboard.press('Space')
    await expect(this.trust).toBeChecked()
  }

  /** Goes on to the name, and adds the worker under it. */
  async name(label: string): Promise<void> {
    await this.#page.keyboard.press('Tab')
    await expect(this.root.getByRole('textbox', { name: words.label })).toBeFocused()
    await this.#page.keyboard.type(label)
    await this.#page.keyboard.press('Enter')
    await expect(this.root).toBeHidden()
  }
}
