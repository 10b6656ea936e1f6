import { describe, expect, it } from 'vitest'
import { parseEndpoint } from './endpoint.ts'

describe('parseEndpoint', () => {
  it.each([
    ['unix:///var/run/docker.sock', { kind: 'socket', path: '/var/run/docker.sock' }],
    ['/var/run/docker.sock', { kind: 'socket', path: '/var/run/docker.sock' }],
    ['npipe:////./pipe/docker_engine', { kind: 'socket', path: '//./pipe/docker_engine' }],
    ['tcp://127.0.0.1:2375', { kind: 'tcp', host: '127.0.0.1', port: 2375 }],
    ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375 }],
    ['tcp://engine', { kind: 'tcp', host: 'engine', port: 2375 }],
  ])('reads %s', (value, endpoint) => {
    expect(parseEndpoint(value)).toEqual({ ok: true, endpoint })
  })

  it.each(['ssh://me@there', 'unix://', 'https://there', 'nonsense', 'tcp://'])('refuses %s with a hint', (value) => {
    expect(parseEndpoint(value)).toMatchObject({ ok: false, hint: expect.any(String) })
  })
})
