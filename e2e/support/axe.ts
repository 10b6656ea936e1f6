import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Fails with every violation of what is on the screen now: rule, elements, and why. Nothing is left out. */
export async function expectAccessible(page: Page, view: string): Promise<void> {
  // Legacy mode stays in this page: the desktop app lets nothing open a second one.
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze()
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `    ${html}\n    ${failureSummary ?? ''}`).join('\n')}`,
  )
  expect(found, `accessibility of ${view}`).toEqual([])
}
