import { expect, type Locator, type Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'
import { TerminalPane } from './terminal-pane.ts'

/** The terminals of the tab that is looked at, beside each other. */
export class TerminalGrid {
  readonly page: Page
  readonly panes: Locator
  /** The one that has the keyboard, or gets it when the tab does. */
  readonly current: TerminalPane
  readonly dividers: Locator
  /** By these the pointer moves a terminal. */
  readonly heads: Locator

  constructor(page: Page) {
    this.page = page
    this.panes = page.locator('[id^="terminal-pane-"]')
    this.current = new TerminalPane(page, page.locator('[data-current] .xterm'))
    this.dividers = page.getByRole('separator')
    this.heads = page.locator('.pane-head')
  }

  at(index: number): TerminalPane {
    return new TerminalPane(this.page, this.panes.nth(index).locator('.xterm'))
  }

  /** Presses the leader key and then one more. */
  async lead(key: string): Promise<void> {
    await this.page.keyboard.press('Control+Shift+Space')
    const dialog = this.page.getByRole('dialog', { name: strings.commands.leaderTitle })
    await expect(dialog).toBeVisible()
    await this.page.keyboard.press(key)
    await expect(dialog).toBeHidden()
  }

  /** Runs a command by its name, from the palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('Control+Shift+K')
    const palette = this.page.getByRole('dialog', { name: strings.commands.paletteTitle })
    await expect(palette).toBeVisible()
    await this.page.keyboard.type(`>${title}`)
    await expect(palette.getByRole('option', { name: title }).first()).toBeVisible()
    await this.page.keyboard.press('Enter')
    await expect(palette).toBeHidden()
  }

  /** Waits until the keyboard is in the current terminal and its shell is ready, then leaves a word in it. */
  async mark(word: string): Promise<void> {
    await expect(this.current.input).toBeFocused()
    await this.current.waitForPrompt()
    await this.page.keyboard.type(`echo mark-${word}-$((40+2))`)
    await this.page.keyboard.press('Enter')
    await this.current.expectText(`mark-${word}-42`)
  }

  /** Waits until the terminals are those with these words, in reading order. */
  async expectMarks(...words: readonly string[]): Promise<void> {
    await expect(this.panes).toHaveCount(words.length)
    for (const [index, word] of words.entries()) await this.at(index).expectText(`mark-${word}-42`)
  }
}
