import { expect, it } from 'vitest'
import { isReachedAgain } from './is-reached-again.ts'

const refused = {
  status: 'refused',
  reason: 'unauthorized',
  message: 'The worker does not let this computer in.',
} as const
const waiting = { status: 'reconnecting', attempt: 9, retryAt: 0, lastLiveAt: undefined } as const

it.each([refused, { ...refused, reason: 'incompatible' as const }, waiting])(
  'a page that is $status goes where main has been',
  (own) => {
    expect(isReachedAgain({ status: 'active' }, own)).toBe(true)
    expect(isReachedAgain({ status: 'unauthorized' }, own)).toBe(false)
    expect(isReachedAgain({ status: 'unreachable' }, own)).toBe(false)
  },
)

it('a page that is there, or on its way, is left alone', () => {
  expect(isReachedAgain({ status: 'active' }, { status: 'live', since: 0, attempt: 1 })).toBe(false)
  expect(isReachedAgain({ status: 'active' }, { status: 'connecting', attempt: 1 })).toBe(false)
  expect(isReachedAgain({ status: 'active' }, { status: 'closed' })).toBe(false)
})
