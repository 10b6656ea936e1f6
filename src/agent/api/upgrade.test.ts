import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { CLOSE, RPC_SUBPROTOCOL, TERMINAL_SUBPROTOCOL } from '../../contract/terminal/limits.ts'
import { UPLOAD_SUBPROTOCOL } from '../../contract/upload/limits.ts'
import type { NewAuditEntry } from '../audit/audit-log.ts'
import type { Identity, NotKnownNow } from '../auth/identity.ts'
import { createOpenSockets } from './open-sockets.ts'
import { createUpgradeListener } from './upgrade.ts'

const READER: Identity = { kind: 'paired', id: 'c-1', name: 'phone', scope: 'read' }

/** What becomes of a WebSocket to `place` that comes from `identity`: its close code, and what is written down. */
async function came(identity: Identity | NotKnownNow | undefined, place: string, protocol: string) {
  const audited: NewAuditEntry[] = []
  const isNeverJoined = (): never => {
    throw new Error('nobody is let in')
  }
  const listener = createUpgradeListener(
    {
      authenticate: () => Promise.resolve(identity),
      isOurName: () => true,
      sockets: createOpenSockets(),
      terminals: { count: 0, join: isNeverJoined, joinSimple: isNeverJoined },
      uploads: { join: isNeverJoined },
      audit: { record: (entry) => void audited.push(entry) },
      serveCalls: isNeverJoined,
      prove: () => undefined,
    },
    'network',
  )
  const server = http.createServer().on('upgrade', listener).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const socket = new WebSocket(`ws://127.0.0.1:${port}${place}`, [protocol])
    const [code] = await once(socket, 'close')
    return { code, audited }
  } finally {
    server.close()
  }
}

it('asks who is not known now to try again, and refuses who is nobody', async () => {
  expect(await came('not known now', '/rpc', RPC_SUBPROTOCOL)).toEqual({ code: CLOSE.tryAgain, audited: [] })
  expect(await came('not known now', '/terminal/dev', TERMINAL_SUBPROTOCOL)).toMatchObject({ code: CLOSE.tryAgain })
  expect(await came(undefined, '/rpc', RPC_SUBPROTOCOL)).toEqual({ code: CLOSE.unauthorized, audited: [] })
})

it.each([
  ['/terminal/dev', TERMINAL_SUBPROTOCOL, 'terminal.open'],
  ['/upload/dev', UPLOAD_SUBPROTOCOL, 'upload.open'],
])('writes down that a client which may only read wanted %s', async (place, protocol, action) => {
  const { code, audited } = await came(READER, place, protocol)
  expect(code).toBe(CLOSE.unauthorized)
  expect(audited).toEqual([
    {
      ...{ client: { id: 'c-1', name: 'phone' }, face: { kind: 'network', address: '127.0.0.1' } },
      ...{ action, subject: 'dev', outcome: { kind: 'refused', code: 'FORBIDDEN' } },
    },
  ])
})
