import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { AgentConfig } from '../../config/config.ts'
import { hasCommands, startScriptsOf } from './start-scripts.ts'

describe('a start script', () => {
  it.each(['', '\n\n', '#!/bin/bash\n', '#!/bin/bash\n# claude update\n   # more\n\t\n'])(
    'does nothing: %j',
    (script) => {
      expect(hasCommands(script)).toBe(false)
    },
  )

  it.each(['true', '#!/bin/bash\n# first\n  npm ci # now\n', '\ttouch x'])('does something: %j', (script) => {
    expect(hasCommands(script)).toBe(true)
  })
})

describe('the start script of the worker', () => {
  it('is found from the folder of the configuration, wherever the agent was started', async () => {
    await using folder = await mkdtempDisposable(path.join(os.tmpdir(), 'berth-scripts-'))
    await writeFile(path.join(folder.path, 'start.sh'), 'echo from-the-folder\r\n')
    const config = AgentConfig.parse({ scripts: { post_start: './start.sh' } })
    const scripts = await startScriptsOf({ config, configDir: folder.path, log: pino({ enabled: false }) }, {})
    expect(scripts).toEqual([{ owner: 'the worker', content: 'echo from-the-folder\n' }])
  })
})
