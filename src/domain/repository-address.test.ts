import { describe, expect, it } from 'vitest'
import { completeAddress, nameFromAddress, repositoryFolder, shortAddress } from './repository-address.ts'

describe('the address of a repository', () => {
  it('is made whole where only the scheme is missing', () => {
    expect(completeAddress(' github.com/acme/api ')).toBe('https://github.com/acme/api')
    expect(completeAddress('git clone git@github.com:acme/api.git')).toBe('git@github.com:acme/api.git')
    expect(completeAddress('https://github.com/acme/api')).toBe('https://github.com/acme/api')
    expect(completeAddress('/srv/git/api')).toBe('/srv/git/api')
  })

  it.each([
    ['https://github.com/acme/api.git', 'api'],
    ['git@github.com:acme/My.Api.git', 'My.Api'],
    ['git@host:api', 'api'],
    ['https://host/acme/api/', 'api'],
    ['https://host/acme/a%20b', 'a-20b'],
    ['https://host/acme/..', 'repository'],
    ['https://host/acme/.git', 'repository'],
    ['https://host/acme/--x', 'x'],
  ])('names the folder of %s %s', (address, folder) => {
    expect(repositoryFolder(address)).toBe(folder)
  })

  it.each([
    ['git@github.com:acme/My.Api.git', 'my-api'],
    ['https://github.com/acme/ws-tools', 'tools'],
    ['https://host/acme/___', ''],
    ['', ''],
  ])('suggests a name for %s', (address, name) => {
    expect(nameFromAddress(address)).toBe(name)
  })

  it('is short where it is shown', () => {
    expect(shortAddress('git@github.com:acme/api.git')).toBe('github.com/acme/api')
    expect(shortAddress('https://me@host:8443/acme/api')).toBe('host:8443/acme/api')
  })
})
