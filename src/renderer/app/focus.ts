/** Where the keyboard goes on a page: its terminal (of several the one that had it last), else what the page offers first, else its heading. */
const TERMINAL = '[data-current] [data-terminal] textarea'
const PAGE_TARGETS = [TERMINAL, '[data-focus-target]', 'h1']

/** Puts the keyboard into the page. */
export function focusPage(): void {
  const main = document.querySelector('main')
  for (const selector of PAGE_TARGETS) {
    const target = main?.querySelector<HTMLElement>(selector)
    if (target !== null && target !== undefined) {
      target.focus()
      return
    }
  }
}

export const isDialogOpen = (): boolean =>
  document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null

/** Whether a key was pressed inside a terminal. */
export function isInTerminal(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-terminal]') !== null
}

/** Where the keyboard goes in a region: its tree or terminal, else the first thing to stop at. */
const REGION_TARGETS = [
  '[role=treeitem][tabindex="0"]',
  TERMINAL,
  '[tabindex="0"], button:not([tabindex="-1"]), a[href], input, select, textarea',
]

/** Goes to the next or previous region of the shell, around. */
export function focusRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  const current = regions.findIndex((region) => region.contains(document.activeElement))
  for (let step = 1; step <= regions.length; step += 1) {
    const at = (current + by * step + regions.length * step) % regions.length
    for (const selector of REGION_TARGETS) {
      const target = regions[at]?.querySelector<HTMLElement>(selector)
      if (target !== null && target !== undefined) {
        target.focus()
        return
      }
    }
  }
}
