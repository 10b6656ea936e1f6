import { describe, expect, it } from 'vitest'
import { parseAddress, parseRef } from './repository-options.ts'

describe('the options of a repository', () => {
  it('make a short address whole', () => {
    expect(parseAddress('github.com/acme/api')).toBe('https://github.com/acme/api')
  })

  it.each(['ext::sh -c id', 'file:///etc', '--upload-pack=id', 'http://host/a'])('refuse %s', (address) => {
    expect(() => parseAddress(address)).toThrow('--clone was not understood')
  })

  it('do not repeat an address, which may hold a password', () => {
    expect(() => parseAddress('https://me:hunter2@host/a')).toThrow(/^(?!.*hunter2)/)
  })

  it('refuse what git would take for an option', () => {
    expect(() => parseRef('--force')).toThrow('cannot be the name of a branch')
  })
})
