import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { env, platform } from 'node:process'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { AgentEvent } from '../../src/contract/agent/events.ts'
import { showScreens } from './show-screens.ts'

const CODE = 'KF7M-2QXD'
const ADDRESS = 'http://127.0.0.1:7391'
/** Notes what every user of the computer can read of it while it runs, and looks at what it was asked to open. */
const XDG_OPEN = `#!/bin/sh
here=$(dirname "$0")
page=\${1#file://}
tr '\\0' ' ' < /proc/$$/cmdline > "$here/arguments"
stat -c %a "$page" > "$here/mode"
cp "$page" "$here/copy" && mv "$here/copy" "$here/opened"
`

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-start-'))
  await mkdir(path.join(folder, 'bin'))
  await writeFile(path.join(folder, 'bin/xdg-open'), XDG_OPEN)
  await chmod(path.join(folder, 'bin/xdg-open'), 0o755)
  vi.stubEnv('PATH', `${path.join(folder, 'bin')}:${env['PATH']}`)
  vi.stubEnv('DISPLAY', ':0')
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await rm(folder, { recursive: true, force: true })
})

const noted = (name: string): Promise<string> => readFile(path.join(folder, 'bin', name), 'utf8').catch(() => '')

it.runIf(platform === 'linux')(
  'leads the browser to a code that no arguments tell, by a page that goes when it was used',
  async () => {
    let tell: (event: AgentEvent) => void = () => undefined
    const worker = {
      api: { clients: { pair: () => Promise.resolve({ code: CODE }) } },
      onEvent: (listener: typeof tell) => {
        tell = listener
        return () => undefined
      },
    }
    const pageFile = path.join(folder, 'sign-in.html')
    await writeFile(pageFile, 'left by an earlier start', { mode: 0o644 })
    const shown = showScreens({ worker, address: ADDRESS, pageFile })
    await expect.poll(() => noted('opened')).toContain(`url=${ADDRESS}/#pair=KF7M2QXD"`)
    expect(await noted('arguments')).toContain('sign-in.html')
    expect(await noted('arguments')).not.toMatch(/KF7M/)
    expect((await noted('mode')).trim()).toBe('600')
    tell({ type: 'clients.changed', id: '1', at: '' })
    await shown
    await expect(stat(pageFile)).rejects.toMatchObject({ code: 'ENOENT' })
  },
)

it('waits for nobody where the page cannot be written', async () => {
  const onEvent = vi.fn(() => () => undefined)
  const worker = { api: { clients: { pair: () => Promise.resolve({ code: CODE }) } }, onEvent }
  await expect(showScreens({ worker, address: ADDRESS, pageFile: path.join(folder, 'none', 'page') })).rejects.toThrow()
  expect(onEvent).not.toHaveBeenCalled()
})
