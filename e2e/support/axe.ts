import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions, run } from 'axe-core'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What holds is only counted: to tell of each element where it stands takes longer than to find out that it is in order. */
const OPTIONS: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  resultTypes: ['violations'],
}

/** Fails with every violation of what is on the screen now: rule, elements, and why. Nothing is left out. */
export async function expectAccessible(page: Page, view: string): Promise<void> {
  const found = (await violations(page)).map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `    ${html}\n    ${failureSummary ?? ''}`).join('\n')}`,
  )
  expect(found, `accessibility of ${view}`).toEqual([])
}

/** The page has the scanner from the first scan on, until it is loaded anew. */
async function violations(page: Page): Promise<AxeResults['violations']> {
  await untilStill(page)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE)
  return page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: { run: typeof run } }
    const results = await axe.run(document, options)
    return results.violations
  }, OPTIONS)
}

/** What fades in has other colours on its way than where it ends. */
async function untilStill(page: Page): Promise<void> {
  const moving = (): Promise<number> =>
    page.evaluate(() => {
      const ends = ({ effect }: Animation): boolean => Number.isFinite(effect?.getComputedTiming().endTime)
      return document.getAnimations().filter((animation) => animation.playState === 'running' && ends(animation)).length
    })
  await expect.poll(moving, { message: 'everything stands still' }).toBe(0)
}
