import { expect, type Locator, type Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'
import { CreateDialog } from './create-dialog.ts'
import { DeleteDialog } from './delete-dialog.ts'
import { FirstRunPage } from './first-run.ts'
import { TerminalPane } from './terminal-pane.ts'

/** A creation from an image that is there takes seconds; the engine of a busy machine takes longer. */
const CREATION_LIMIT_MS = 90_000

/** The whole window: sidebar, the workspace that is open, and the dialogs over it. */
export class BerthScreen {
  readonly page: Page
  readonly firstRun: FirstRunPage
  readonly createDialog: CreateDialog
  readonly deleteDialog: DeleteDialog
  readonly terminal: TerminalPane

  constructor(page: Page) {
    this.page = page
    this.firstRun = new FirstRunPage(page)
    this.createDialog = new CreateDialog(page)
    this.deleteDialog = new DeleteDialog(page)
    this.terminal = new TerminalPane(page)
  }

  /** A workspace in the sidebar, by its name and what it says it is (`Running`, `Stopped`). */
  row(name: string, state?: string): Locator {
    const label = state === undefined ? new RegExp(`^${name},`) : new RegExp(`^${name}, ${state}\\b`)
    return this.page.getByRole('treeitem', { name: label })
  }

  /** A worker in the sidebar, by its name and what it says of itself (`Live`, `Not paired`). */
  worker(label: string, state = ''): Locator {
    return this.page.getByRole('treeitem', { name: new RegExp(`^${label}, ${state}`) })
  }

  /** A worker that is there, however long its answers take. */
  liveWorker(label: string): Locator {
    return this.worker(label).filter({ hasText: new RegExp(`, (${strings.shell.live}|Slow, )`) })
  }

  async expectRow(name: string, state: string): Promise<void> {
    await expect(this.row(name, state)).toBeVisible({ timeout: CREATION_LIMIT_MS })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  async openCreateDialog(): Promise<void> {
    if (await this.firstRun.options.isVisible()) await this.firstRun.options.click()
    else
      await this.page
        .getByRole('button', { name: /^New workspace/ })
        .first()
        .click()
    await expect(this.createDialog.root).toBeVisible()
  }

  /** Asks for a workspace through the dialog, and does not wait for it. */
  async requestWorkspace(wanted: { name: string; cpus?: string }): Promise<void> {
    await expect(this.firstRun.heading.or(this.page.getByRole('treeitem')).first()).toBeVisible()
    await this.openCreateDialog()
    await this.createDialog.fill(wanted)
    await this.createDialog.submit.click()
  }

  /** Makes a workspace through the dialog and waits for its terminal to be ready for a line. */
  async createWorkspace(name: string): Promise<void> {
    await this.requestWorkspace({ name })
    await this.expectRow(name, strings.status.running)
    await this.terminal.waitForPrompt()
  }

  /** The name of the one workspace there is, once it runs. */
  async nameOfRunningWorkspace(): Promise<string> {
    const row = this.page.getByRole('treeitem', { name: new RegExp(`^[a-z0-9-]+, ${strings.status.running}`) })
    await expect(row).toBeVisible({ timeout: CREATION_LIMIT_MS })
    const label = (await row.getAttribute('aria-label')) ?? (await row.textContent())
    const name = /^[a-z0-9-]+/.exec(label ?? '')?.[0]
    if (name === undefined) throw new Error(`No name in ${String(label)}`)
    return name
  }

  async openWorkspace(name: string): Promise<void> {
    await this.row(name).click()
    await expect(this.page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
  }

  async openDeleteDialog(name: string): Promise<void> {
    await this.openWorkspace(name)
    await this.page
      .getByRole('main')
      .getByRole('button', { name: strings.workspace.delete, exact: true })
      .first()
      .click()
    await expect(this.deleteDialog.root).toBeVisible()
  }

  /** The section with the terminals, as far as their tabs are there. */
  async openTerminals(): Promise<void> {
    await this.page.getByRole('tab', { name: strings.terminals.section, exact: true }).click()
    await expect(this.terminalTabs().first()).toBeVisible()
  }

  /** Beside those that are there: at least one is. */
  async newTerminal(): Promise<void> {
    const tabs = this.terminalTabs()
    await expect(tabs.first()).toBeVisible()
    const count = await tabs.count()
    await this.button(strings.terminals.new).click()
    await expect(tabs).toHaveCount(count + 1)
    await expect(tabs.nth(count)).toHaveAttribute('aria-selected', 'true')
  }

  async selectTerminal(position: number): Promise<void> {
    const tab = this.terminalTabs().nth(position)
    await tab.click()
    await expect(tab).toHaveAttribute('aria-selected', 'true')
  }

  /** By its chord; ready to be typed into. */
  async openPalette(): Promise<Locator> {
    await this.page.keyboard.press('Control+Shift+K')
    const palette = this.page.getByRole('dialog', { name: strings.commands.paletteTitle })
    await expect(palette.getByRole('combobox')).toBeFocused()
    return palette
  }

  /** By its chord; ready for a letter. */
  async openLeader(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+Space')
    const panel = this.page.getByRole('dialog', { name: strings.commands.leaderTitle })
    await expect(panel.getByRole('list', { name: strings.commands.list })).toBeFocused()
  }

  /** Nothing lies over the page, and chords are heard again. */
  async expectNoDialog(): Promise<void> {
    await expect(this.page.getByRole('dialog').or(this.page.getByRole('alertdialog'))).toHaveCount(0)
  }

  /** The screens are there and hear keys: the worker has a row. */
  async expectReady(): Promise<void> {
    await expect(this.page.getByRole('treeitem').first()).toBeVisible()
  }

  terminalTabs(): Locator {
    return this.page.getByRole('tablist', { name: /^Terminals of / }).getByRole('tab')
  }
}
