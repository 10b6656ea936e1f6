import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createAuthenticate } from './authenticate.ts'
import { ANYONE, type Identity, type NotKnownNow } from './identity.ts'

const USER: Identity = { kind: 'tailnet', id: 'tailnet:1', name: 'me@example.com', scope: 'operate' }

async function came(found: Identity | NotKnownNow | undefined, { letsAnyoneIn = false } = {}) {
  const recognised: Socket[] = []
  const authenticate = createAuthenticate({
    clients: { authenticate: () => undefined },
    tailnetUsers: { identify: () => Promise.resolve(found) },
    letsAnyoneIn: () => letsAnyoneIn,
    recognise: (socket) => void recognised.push(socket),
  })
  const identity = await authenticate(new IncomingMessage(new Socket()), 'network')
  return [identity, recognised.length]
}

it('recognises whom the tailnet vouches for, and neither a stranger nor who is not known now', async () => {
  expect(await came(USER)).toEqual([USER, 1])
  expect(await came(undefined)).toEqual([undefined, 0])
  expect(await came('not known now')).toEqual(['not known now', 0])
})

it('lets anyone in as such, whether known or not, where it does', async () => {
  expect(await came(undefined, { letsAnyoneIn: true })).toEqual([ANYONE, 1])
  expect(await came('not known now', { letsAnyoneIn: true })).toEqual([ANYONE, 1])
  expect(await came(USER, { letsAnyoneIn: true })).toEqual([USER, 1])
})
