import { once } from 'node:events'
import http from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { pair } from './pair.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** What comes of a code that is given to what answers as `listener` does. */
async function pairedWith(listener: http.RequestListener) {
  const server = http.createServer(listener).listen(0, '127.0.0.1')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const vouchFor = (): Promise<never> => Promise.reject(new Error('Nobody was to be asked.'))
  const options = { code: 'KF7M-2QXD', fingerprint: undefined, clientName: 'desk', vouchFor }
  return pair({ kind: 'http', isTls: false, host: '127.0.0.1', port }, options, new AbortController().signal)
}

const LISTED = { reached: false, hop: 'agent', hint: expect.stringContaining('revoke it: ws agent clients') }

it('says that the worker may list this computer, where the answer to a code is lost or none', async () => {
  expect(await pairedWith((request) => void request.socket.destroy())).toEqual({
    status: 'unreached',
    probe: { ...LISTED, message: 'What is there did not answer to the code.' },
  })
  expect(await pairedWith((_request, response) => void response.writeHead(500).end('{}'))).toMatchObject({
    status: 'unreached',
    probe: LISTED,
  })
})

it('says no such thing of a code that was refused', async () => {
  expect(await pairedWith((_request, response) => void response.writeHead(401).end('{}'))).toMatchObject({
    status: 'code_refused',
    hint: 'A new one comes from: ws agent pair',
  })
})
