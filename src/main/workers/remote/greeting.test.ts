import { describe, expect, it } from 'vitest'
import { greetingOf } from './greeting.ts'

const INFO = { agentId: 'a', hostname: 'tower', version: '1.2.3', capabilities: ['terminals'] }

describe('what a worker says of itself', () => {
  it('counts, and so does what is left where a newer one has other words', () => {
    expect(greetingOf({ ...INFO, identity: { scope: 'operate', kind: 'paired' } })).toEqual({
      ...INFO,
      scope: 'operate',
    })
    expect(greetingOf({ ...INFO, identity: { scope: 'landlord' }, moon: 'full' })).toEqual({
      ...INFO,
      scope: undefined,
    })
    const some = greetingOf({ ...INFO, capabilities: ['one', 2, 'x'.repeat(81), 'two'] })
    expect(some?.capabilities).toEqual(['one', 'two'])
    const many = greetingOf({ ...INFO, capabilities: Array.from({ length: 1_000 }, () => 'more') })
    expect(many?.capabilities.length).toBe(256)
  })

  it.each([undefined, null, 5, [], { ...INFO, agentId: 5 }, { ...INFO, capabilities: 5 }, { ...INFO, hostname: {} }])(
    'counts for nothing where it is %j',
    (answer) => {
      expect(greetingOf(answer)).toBeUndefined()
    },
  )

  it('is one line that is read as it is written', () => {
    const hostname = 'a\u0000\u001b[2J\u202egpj.exe\u2028b\u2066<b>'
    expect(greetingOf({ ...INFO, hostname })?.hostname).toBe('a [2J gpj.exe b <b>')
  })
})
