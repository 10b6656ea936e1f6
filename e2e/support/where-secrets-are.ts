import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { ElectronShell } from './electron-shell.ts'
import type { Profile } from './profile.ts'
import type { Shell } from './shell.ts'

/** Chromium writes down what pages store when it has time. */
const FLUSH_LIMIT_MS = 60_000
/** A snapshot takes seconds on a busy machine. */
const SNAPSHOT_LIMIT_MS = 60_000

/** Files of the profile, the app's and the agent's, that hold `text`; the keychain's own are encrypted. */
export function filesWith(text: string, { root }: Pick<Profile, 'root'>): string[] {
  // Chromium writes strings of a page by either.
  const encoded = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = contentOf(file)
      return encoded.some((bytes) => content.includes(bytes))
    })
}

/** None of `secrets` is in a file of the app's, or in what its page holds; a text that the page does keep in both is found. */
export async function expectNoneKept({ page, profile }: Shell, secrets: readonly string[]): Promise<void> {
  const planted = `planted-${randomUUID()}`
  await page.evaluate((text) => {
    localStorage.setItem('planted', text)
    Reflect.set(window, 'planted', text)
  }, planted)
  // What the page stored before this is on the disk with it.
  await expect.poll(() => filesWith(planted, profile), { timeout: FLUSH_LIMIT_MS }).not.toEqual([])
  expect(secrets.flatMap((secret) => filesWith(secret, profile))).toEqual([])
  await expect.poll(() => heldByPage(page, [planted, ...secrets]), { timeout: SNAPSHOT_LIMIT_MS }).toEqual([planted])
  await page.evaluate(() => localStorage.removeItem('planted'))
}

/** None of `secrets` is in what is written down of a page that crashes while it uses them. It is loaded again. */
export async function expectNoneAfterCrash(shell: ElectronShell, secrets: readonly string[]): Promise<void> {
  const { app, profile } = shell
  await app.evaluate(({ webContents }) => {
    for (const contents of webContents.getAllWebContents()) contents.forcefullyCrashRenderer()
  })
  const log = join(profile.userData, 'logs/main.log')
  await expect.poll(() => readFileSync(log, 'utf8')).toContain('a page crashed')
  expect(secrets.flatMap((secret) => filesWith(secret, profile))).toEqual([])
}

/** Which of `texts` the page's scripts hold, once what they let go of is gone. Of long strings V8 tells the first 1,024 characters. */
async function heldByPage(page: Page, texts: readonly string[]): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  const snapshot = chunks.join('')
  return texts.filter((text) => snapshot.includes(text))
}

/** Chromium takes files of its own away at any time: one that is gone holds nothing. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}
