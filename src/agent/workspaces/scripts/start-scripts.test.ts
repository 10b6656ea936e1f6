import { describe, expect, it } from 'vitest'
import { hasCommands } from './start-scripts.ts'

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
