import { expect, test } from 'vitest'
import type { ClientKind, PairedClient } from '../../../contract/agent/clients.ts'
import { newcomerOf, openCode } from './use-clients.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const code = { code: 'KF7M-2QXD', scope: 'operate' as const }

function client(name: string, kind?: ClientKind): PairedClient {
  const createdAt = '2026-03-01T12:00:00Z'
  return { id: `id-${name}`, name, scope: 'operate', createdAt, ...(kind === undefined ? {} : { kind }) }
}

test('a code was used by whoever was paired since; tokens and users of the tailnet do not use it', () => {
  const before = [client('laptop', 'paired'), client('robot', 'token')]
  const open = openCode({ ...code, expiresAt: '2026-03-01T12:05:00Z' }, { askedAtMs: NOW, listed: before })
  expect(newcomerOf(open, undefined)).toBeUndefined()
  const others = [...before, client('nightly', 'token'), client('ada@example.com', 'tailnet')]
  expect(newcomerOf(open, others)).toBeUndefined()
  expect(newcomerOf(open, [...others, client('phone', 'paired')])).toBe('phone')
  // An agent that knows pairing alone names no kind.
  expect(newcomerOf(open, [...before, client('tablet')])).toBe('tablet')
})

test('a code lasts as long as its worker says, however far its clock is from ours', () => {
  const asked = { askedAtMs: NOW, listed: [] }
  const expiresAt = '2026-03-01T11:59:00Z'
  expect(openCode({ ...code, expiresAt, lifetimeMs: 300_000 }, asked).endsAtMs).toBe(NOW + 300_000)
  expect(openCode({ ...code, expiresAt }, asked).endsAtMs).toBe(Date.parse(expiresAt))
})
