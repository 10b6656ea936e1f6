import { describe, expect, it } from 'vitest'
import { EngineFailure, EngineNotFound, EngineUnavailable, ImageMissing, NameTaken, PortTaken } from '../errors.ts'
import { plainWords, takenPort, translateError } from './translate.ts'

const http = (statusCode: number, message: string): Error =>
  Object.assign(new Error(`(HTTP code ${statusCode}) - ${message}`), { statusCode, json: { message } })
const socket = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code })

describe('translateError', () => {
  it.each([
    ['ENOENT', 'missing'],
    ['ECONNREFUSED', 'refused'],
    ['EACCES', 'forbidden'],
    ['ECONNRESET', 'broken'],
    ['ABORT_ERR', 'timeout'],
  ])('tells what %s of a socket means', (code, reason) => {
    const error = translateError(socket(code))
    expect(error).toBeInstanceOf(EngineUnavailable)
    expect(error).toMatchObject({ reason })
  })

  it.each([
    [http(404, 'No such container: x'), EngineNotFound],
    [http(404, 'No such image: x:latest'), ImageMissing],
    [http(409, 'Conflict. The container name "/x" is already in use by container "1".'), NameTaken],
    [http(500, 'driver failed: Bind for 127.0.0.1:2223 failed: port is already allocated'), PortTaken],
    [http(500, 'something else'), EngineFailure],
  ])('makes a class of its own of %s', (thrown, kind) => {
    expect(translateError(thrown)).toBeInstanceOf(kind)
  })

  it('keeps only the engine’s own words', () => {
    const thrown = Object.assign(new Error('(HTTP code 500) server error - no such host '), {
      statusCode: 500,
      json: null,
    })
    expect(translateError(thrown).message).toBe('no such host')
  })

  it('leaves what is translated already', () => {
    const error = new NameTaken('x')
    expect(translateError(error)).toBe(error)
  })
})

describe('takenPort', () => {
  it.each([
    ['Bind for 127.0.0.1:2223 failed: port is already allocated', 2223],
    ['Error starting userland proxy: listen tcp4 127.0.0.1:22080: bind: address already in use', 22_080],
    ['listen tcp 0.0.0.0:80: bind: address already in use', 80],
    ['no space left on device', undefined],
  ])('finds the port in "%s"', (message, port) => {
    expect(takenPort(message)).toBe(port)
  })
})

describe('plainWords', () => {
  it('has no path and one short line', () => {
    expect(plainWords('open /var/lib/docker/secret: denied\n  at x')).toBe('open … denied at x')
    expect(plainWords('x'.repeat(1000))).toHaveLength(300)
  })
})
