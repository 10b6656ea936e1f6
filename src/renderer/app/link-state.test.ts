import { expect, it } from 'vitest'
import type { Standing } from '../worker/standing.ts'
import { linkStateOf } from './link-state.ts'

it.each([
  [{ status: 'live' }, { kind: 'running', word: 'Live' }],
  [
    { status: 'live', roundTripMs: 230 },
    { kind: 'running', word: 'Live, 230 ms' },
  ],
  [
    { status: 'live', roundTripMs: 400 },
    { kind: 'running', word: 'Live, 400 ms' },
  ],
  [
    { status: 'live', roundTripMs: 410 },
    { kind: 'waiting', word: 'Slow, 410 ms' },
  ],
  [
    { status: 'away', lastSeenAt: undefined, attempt: 1, why: undefined, isDistrusted: false },
    { kind: 'unreachable', word: 'does not answer' },
  ],
  [
    { status: 'away', lastSeenAt: 0, attempt: 1, why: 'Another certificate.', isDistrusted: true },
    { kind: 'failed', word: 'Not trusted' },
  ],
  [
    { status: 'unauthorized', cause: 'refused', message: '' },
    { kind: 'locked', word: 'Not paired' },
  ],
  [
    { status: 'unauthorized', cause: 'token_missing', message: 'The keychain is locked.' },
    { kind: 'locked', word: 'No token' },
  ],
  [
    { status: 'unauthorized', cause: 'another_agent', message: 'Another agent answers there.' },
    { kind: 'failed', word: 'Not trusted' },
  ],
] satisfies [Standing, ReturnType<typeof linkStateOf>][])('%j is shown as such', (standing, shown) => {
  expect(linkStateOf(standing, 0)).toEqual(shown)
})
