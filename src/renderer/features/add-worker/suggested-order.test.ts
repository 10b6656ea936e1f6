import { describe, expect, it } from 'vitest'
import type { SuggestedComputer } from '../../../contract/desktop/pairing.ts'
import { byUse } from './suggested-order.ts'

const computer = (label: string, change: Partial<SuggestedComputer>): SuggestedComputer => ({
  name: `${label}.tail.ts.net`,
  label,
  os: 'linux',
  online: true,
  agent: 'none',
  ...change,
})

describe('computers of the tailnet', () => {
  it('stand by what can be done with them, then by name', () => {
    const all = [
      computer('nuc', { online: false }),
      computer('phone', {}),
      computer('atlas', { agent: { version: '1.4.0' }, worker: 'w1' }),
      computer('zeus', { agent: { version: '1.4.0' } }),
      computer('hera', { agent: { version: '1.3.0' } }),
    ]
    expect(byUse(all).map(({ label }) => label)).toEqual(['hera', 'zeus', 'atlas', 'phone', 'nuc'])
  })
})
