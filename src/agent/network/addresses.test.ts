import { describe, expect, it } from 'vitest'
import { chooseAddresses } from './addresses.ts'

const choose = (host: string | undefined, flags: { noAuth?: boolean; insecure?: boolean; isTls?: boolean } = {}) =>
  chooseAddresses({ host, noAuth: false, insecure: false, isTls: false, ...flags })

describe('where the agent listens', () => {
  it('is loopback, and the tailnet where there is one', () => {
    expect(choose(undefined)).toEqual({ fixed: ['127.0.0.1'], followsTailnet: true })
  })

  it('is loopback alone without tokens', () => {
    const loopback = { fixed: ['127.0.0.1'], followsTailnet: false }
    expect(choose(undefined, { noAuth: true })).toEqual(loopback)
    expect(choose('localhost', { noAuth: true })).toEqual(loopback)
    for (const host of ['0.0.0.0', '192.168.1.2', '100.64.0.1', '::']) {
      expect(() => choose(host, { noAuth: true, insecure: true, isTls: true }), host).toThrow(
        'anyone could use this computer',
      )
    }
  })

  it('is another address only at the word of the user', () => {
    expect(choose('100.64.0.1')).toEqual({ fixed: ['100.64.0.1'], followsTailnet: false })
    for (const host of ['0.0.0.0', '::', '192.168.1.2', '8.8.8.8', '100.128.0.1', '::ffff:8.8.8.8']) {
      expect(() => choose(host), host).toThrow('plain text')
      expect(choose(host, { insecure: true }).fixed).toEqual([host])
      expect(choose(host, { isTls: true }).fixed).toEqual([host])
    }
    expect(() => choose('example.com', { insecure: true })).toThrow('not an IP address')
  })
})
