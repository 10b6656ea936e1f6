import { describe, expect, it } from 'vitest'
import { addressProblem, isRefName, RepositoryAddress } from './repository.ts'

describe('an address to clone from', () => {
  it.each([
    'https://github.com/acme/api',
    'https://github.com/acme/api.git',
    'https://acme@dev.azure.com/acme/api/_git/api',
    'https://git.example.com:8443/a/b/c.git',
    'ssh://git@github.com/acme/api.git',
    'ssh://git@10.0.0.1:2222/srv/git/api.git',
    'ssh://git@[fd00::1]:2222/srv/api.git',
    'git@github.com:acme/api.git',
    'me@host:~/api.git',
  ])('may be %s', (address) => {
    expect(addressProblem(address)).toBeUndefined()
  })

  it.each([
    ['file:///etc', 'scheme'],
    ['http://github.com/acme/api', 'scheme'],
    ['git://github.com/acme/api', 'scheme'],
    ['ext::sh -c id', 'characters'],
    ['ext::id', 'scheme'],
    ['fd::17', 'scheme'],
    ['git@host::id', 'shape'],
    ['--upload-pack=id', 'shape'],
    ['-oProxyCommand=id@host:x', 'shape'],
    ['ssh://-oProxyCommand=id/x', 'shape'],
    ['git@-oProxyCommand=id:x', 'shape'],
    ['git@host:--upload-pack=id', 'shape'],
    ['/srv/git/api', 'shape'],
    ['../api', 'shape'],
    ['', 'shape'],
    ['https://github.com', 'shape'],
    ['https://github.com/acme/api\n--config=x', 'characters'],
    ['https://github.com/a b', 'characters'],
    ['https://git\u202Ehub.com/acme/api', 'characters'],
    ['https://me:hunter2@github.com/acme/api', 'secret'],
    ['ssh://git:hunter2@github.com/acme/api', 'secret'],
    ['https://ghp_0123456789@github.com/acme/api', 'secret'],
    ['https://0123456789abcdef0123456789abcdef0123@github.com/acme/api', 'secret'],
    ['https://gitlab.com/acme/api?private_token=x', 'secret'],
  ])('is not %j (%s)', (address, problem) => {
    expect(addressProblem(address)).toBe(problem)
    expect(RepositoryAddress.safeParse(address).success).toBe(false)
  })
})

describe('a branch', () => {
  it.each(['main', 'feature/login', 'v1.2.3', 'fix-#12', 'größe'])('may be %s', (name) => {
    expect(isRefName(name)).toBe(true)
  })

  it.each([
    '',
    '-b',
    '--upload-pack=x',
    'a..b',
    'a b',
    'a\nb',
    '.a',
    'a/.b',
    'a.lock',
    'a/',
    '/a',
    'a//b',
    '@',
    'a@{1}',
    'a^',
    'a~1',
    'a:b',
    'a*',
  ])('is not %j', (name) => {
    expect(isRefName(name)).toBe(false)
  })
})
