/**
 * `node scripts/draw-icons.ts`: draws `resources/icons/icon.svg` in every size and format that an installer wants. Run it
 * after a change to the drawing, and commit what it makes: a build needs no browser that way.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { env, exit, getuid } from 'node:process'
import { chromium } from 'playwright'
import { type DrawnIcon, encodeIcns, encodeIco } from './icons/containers.ts'
import { findProgram } from './setup/debian-packages.ts'
import { PROJECT_FOLDER } from './setup/project.mjs'

const FOLDER = path.join(PROJECT_FOLDER, 'resources/icons')
const SIZES_PX = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
const LINUX_SIZES_PX: ReadonlySet<number> = new Set([16, 32, 48, 64, 128, 256, 512])

const executablePath = env['BERTH_CHROMIUM'] ?? (await findProgram('chromium')) ?? (await findProgram('google-chrome'))
if (executablePath === undefined) {
  console.error('There is no Chromium or Chrome to draw with: install one, or name it in BERTH_CHROMIUM.')
  exit(1)
}
const icons = await draw(await readFile(path.join(FOLDER, 'icon.svg'), 'utf8'), executablePath)
await mkdir(path.join(FOLDER, 'linux'), { recursive: true })
for (const { sizePx, png } of icons.filter((icon) => LINUX_SIZES_PX.has(icon.sizePx))) {
  await writeFile(path.join(FOLDER, `linux/${sizePx}x${sizePx}.png`), png)
}
await writeFile(path.join(FOLDER, 'icon.icns'), encodeIcns(icons))
await writeFile(path.join(FOLDER, 'icon.ico'), encodeIco(icons))

async function draw(svg: string, browserPath: string): Promise<DrawnIcon[]> {
  const isRoot = process.platform === 'linux' && getuid?.() === 0
  const browser = await chromium.launch({ executablePath: browserPath, args: isRoot ? ['--no-sandbox'] : [] })
  try {
    const page = await browser.newPage()
    const drawn: DrawnIcon[] = []
    for (const sizePx of SIZES_PX) {
      await page.setViewportSize({ width: sizePx, height: sizePx })
      await page.setContent(`<style>body{margin:0}svg{display:block;width:${sizePx}px}</style>${svg}`)
      drawn.push({ sizePx, png: await page.screenshot({ omitBackground: true }) })
    }
    return drawn
  } finally {
    await browser.close()
  }
}
