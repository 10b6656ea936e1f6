import { expect, test } from 'vitest'
import { CAPABILITIES, PROCEDURE_SCOPES, scopeOf } from '../../src/agent/api/scopes.ts'
import { createPairing } from '../../src/agent/auth/pairing.ts'
import { agentContract } from '../../src/contract/agent/index.ts'
import { Diagnostic } from '../../src/contract/agent/info.ts'
import { WorkspaceName } from '../../src/contract/names.ts'
import {
  MAX_FRAME_BYTES,
  MAX_INPUT_MESSAGE_BYTES,
  OUTPUT_WINDOW_BYTES,
  RING_BYTES,
  STALLED_CLIENT_MS,
} from '../../src/contract/terminal/limits.ts'

/** Paths of the procedures in a contract. */
function procedures(contract: object, prefix: readonly string[] = []): string[] {
  return Object.entries(contract).flatMap(([key, value]: [string, object]) =>
    '~orpc' in value ? [[...prefix, key].join('.')] : procedures(value, [...prefix, key]),
  )
}

test('every procedure of the contract has a scope: add it to PROCEDURE_SCOPES in src/agent/api/scopes.ts', () => {
  const channels = ['terminal.1', 'upload.1']
  const named = CAPABILITIES.filter((capability) => !channels.includes(capability))
  expect(named.toSorted()).toEqual(procedures(agentContract).toSorted())
})

test('a path that no table knows asks for the most', () => {
  expect(scopeOf(['workspaces', 'somethingNew'])).toBe('admin')
  expect(scopeOf(['__proto__', 'toString'])).toBe('admin')
})

test('who pairs may operate workspaces, and may not let others in', () => {
  expect(PROCEDURE_SCOPES.workspaces.exec).toBe('operate')
  const { leave, ...others } = PROCEDURE_SCOPES.clients
  expect(others).toEqual({ list: 'admin', revoke: 'admin', pair: 'admin', addToken: 'admin' })
  // Takes the caller's own token, and nobody else's.
  expect(leave).toBe('read')
  expect(PROCEDURE_SCOPES.audit).toEqual({ list: 'admin' })
})

test('a pairing code has 8 characters and lives for 5 minutes', () => {
  let now = 0
  const pairing = createPairing({ now: () => now, guessed: () => undefined })
  const { code } = pairing.issue('operate')
  expect(code.replace('-', '')).toMatch(/^[A-Z0-9]{8}$/)
  now = 5 * 60_000
  expect(pairing.redeem(code, 'a')).toEqual({ outcome: 'none' })
  const { code: second } = pairing.issue('operate')
  now += 5 * 60_000 - 1
  expect(pairing.redeem(second, 'a')).toEqual({ outcome: 'redeemed', scope: 'operate' })
})

test('a pairing code stands 5 tries from an address, and serves once', () => {
  const pairing = createPairing({ now: () => 0, guessed: () => undefined })
  const { code } = pairing.issue('admin')
  const wrong = Array.from({ length: 5 }, () => pairing.redeem('00000000', 'a').outcome)
  expect(wrong).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong'])
  expect(pairing.redeem(code, 'a')).toEqual({ outcome: 'exhausted' })
  const { code: second } = pairing.issue('admin')
  expect(pairing.redeem(second, 'b')).toEqual({ outcome: 'redeemed', scope: 'admin' })
  expect(pairing.redeem(second, 'b')).toEqual({ outcome: 'none' })
})

test('messages and buffers have the bounds that the wire promises', () => {
  expect(MAX_FRAME_BYTES).toBe(1024 * 1024)
  expect(MAX_INPUT_MESSAGE_BYTES).toBe(64 * 1024)
  expect(OUTPUT_WINDOW_BYTES).toBe(1024 * 1024)
  expect(RING_BYTES).toBe(8 * 1024 * 1024)
  expect(STALLED_CLIENT_MS).toBe(10_000)
})

test('a diagnostic is at most 300 characters', () => {
  const diagnostic = { code: 'x', severity: 'info', message: 'x'.repeat(300) }
  expect(Diagnostic.safeParse(diagnostic).success).toBe(true)
  expect(Diagnostic.safeParse({ ...diagnostic, message: 'x'.repeat(301) }).success).toBe(false)
})

test.each(['a', 'a'.repeat(63), '0-a'])('"%s" is a name of a workspace', (name) => {
  expect(WorkspaceName.safeParse(name).success).toBe(true)
})

test.each(['', 'A', '-a', 'ws-a', 'a'.repeat(64), 'a/b', 'a b', '../a', 'a\n', '$(id)', 'ä'])(
  '"%s" is none',
  (name) => {
    expect(WorkspaceName.safeParse(name).success).toBe(false)
  },
)
