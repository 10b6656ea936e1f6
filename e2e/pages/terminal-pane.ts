import { expect, type Locator, type Page } from '@playwright/test'

/** More pages than any test prints. */
const MOST_PAGES = 500

/** The terminal that is on the screen; of several beside each other the first, or the one whose emulator `root` is. */
export class TerminalPane {
  readonly root: Locator
  readonly #page: Page

  constructor(page: Page, root = page.locator('.xterm').filter({ visible: true }).first()) {
    this.#page = page
    this.root = root
  }

  /** Where its keys go, and what it is called by. */
  get input(): Locator {
    return this.root.locator('textarea')
  }

  /** Waits until its shell has printed a prompt. */
  async waitForPrompt(): Promise<void> {
    await expect(this.root).toBeVisible()
    await expect.poll(() => this.text(), { message: 'a prompt' }).toMatch(/[$#%>] ?$/m)
  }

  async focus(): Promise<void> {
    const input = this.root.locator('textarea')
    await input.focus()
    await expect(input).toBeFocused()
  }

  /** Types a line and presses Enter, key by key as a person would. */
  async run(line: string): Promise<void> {
    await this.focus()
    await this.#page.keyboard.type(line)
    await this.#page.keyboard.press('Enter')
  }

  /** The lines that are on the screen, without the blanks at their ends. */
  async lines(): Promise<string[]> {
    const rows = await this.root.locator('.xterm-rows > div').allTextContents()
    return rows.map((row) => row.replaceAll('\u00A0', ' ').trimEnd())
  }

  async text(): Promise<string> {
    return (await this.lines()).join('\n').trimEnd()
  }

  /** Waits until `text` is on the screen; `timeoutMs` where a program takes its time. */
  async expectText(text: string | RegExp, timeoutMs = 20_000): Promise<void> {
    const expected = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text)
    const message = `the terminal shows ${String(text)}`
    await expect.poll(() => this.text(), { message, timeout: timeoutMs }).toEqual(expected)
  }

  /** The rows that are drawn. */
  rowCount(): Promise<number> {
    return this.root.locator('.xterm-rows > div').count()
  }

  /** Every line that is kept, from the oldest: page by page, each joined to the one before where they overlap. */
  async history(): Promise<string[]> {
    await this.focus()
    await this.#page.keyboard.press('Control+Shift+Home')
    let screen = await this.#settled(undefined)
    let all = screen
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      await this.#page.keyboard.press('Shift+PageDown')
      const next = await this.#settled(screen)
      if (next.join('\n') === screen.join('\n')) return all
      all = [...all, ...next.slice(overlap(all, next))]
      screen = next
    }
    throw new Error('The history of the terminal has no end.')
  }

  /** The screen once it stays as it is for two frames; waits a little for it to differ from `before`. */
  async #settled(before: readonly string[] | undefined): Promise<string[]> {
    let last = await this.lines()
    for (let frames = 0; frames < 20; frames += 1) {
      await this.#page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      )
      const now = await this.lines()
      const isStill = now.join('\n') === last.join('\n')
      if (isStill && (frames > 4 || now.join('\n') !== before?.join('\n'))) return now
      last = now
    }
    return last
  }
}

/** How many lines at the end of `all` are those at the beginning of `screen`. */
function overlap(all: readonly string[], screen: readonly string[]): number {
  for (let length = Math.min(all.length, screen.length); length > 0; length -= 1) {
    if (screen.slice(0, length).every((line, index) => line === all[all.length - length + index])) return length
  }
  return 0
}
