import { describe, expect, it } from 'vitest'
import { cloneFailure } from './clone-failure.ts'

const SSH = 'git@git.example.com:acme/api.git'
const HTTPS = 'https://git.example.com/acme/api'

describe('a clone that failed', () => {
  it.each([
    [
      SSH,
      'git@git.example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.',
      'authentication',
    ],
    [
      HTTPS,
      "fatal: could not read Username for 'https://git.example.com': terminal prompts disabled",
      'authentication',
    ],
    [HTTPS, "fatal: Authentication failed for 'https://git.example.com/acme/api/'", 'authentication'],
    [HTTPS, 'fatal: unable to access: The requested URL returned error: 403', 'authentication'],
    [HTTPS, 'fatal: unable to access: Could not resolve host: git.example.com', 'host_unknown'],
    [SSH, 'ssh: Could not resolve hostname git.example.com: Name or service not known', 'host_unknown'],
    [SSH, 'ssh: connect to host git.example.com port 22: Connection refused', 'host_unreachable'],
    [HTTPS, 'fatal: unable to access: Failed to connect to git.example.com port 443 after 3 ms', 'host_unreachable'],
    [SSH, 'Host key verification failed.\nfatal: Could not read from remote repository.', 'host_key'],
    [
      HTTPS,
      'fatal: unable to access: server certificate verification failed. CAfile: none CRLfile: none',
      'certificate',
    ],
    [HTTPS, "fatal: repository 'https://git.example.com/acme/api/' not found", 'repository_missing'],
    [SSH, "fatal: '/acme/api.git' does not appear to be a git repository", 'repository_missing'],
    [
      SSH,
      'warning: Could not find remote branch nope to clone.\nfatal: Remote branch nope not found in upstream origin',
      'branch_missing',
    ],
    [SSH, 'fatal: write error: No space left on device\nfatal: early EOF', 'disk_full'],
    [SSH, 'Connection to host closed by remote host.\nfatal: early EOF\nfatal: index-pack failed', 'broken_off'],
  ])('of %s is told apart: %s', (address, said, reason) => {
    const failure = cloneFailure({ said, address, branch: 'nope' })
    expect(failure.reason).toBe(reason)
    expect(failure.message).toContain('git.example.com')
    expect(failure.hint).not.toBe('')
  })

  it('says what kind of login is missing', () => {
    expect(cloneFailure({ said: 'Permission denied (publickey).', address: SSH, branch: undefined }).hint).toContain(
      'key',
    )
    expect(cloneFailure({ said: 'error: 401', address: HTTPS, branch: undefined }).hint).toContain('GITHUB_TOKEN')
  })

  it('names the branch that is not there', () => {
    const said = 'fatal: Remote branch nope not found in upstream origin'
    expect(cloneFailure({ said, address: HTTPS, branch: 'nope' }).message).toContain('nope')
  })

  it('of another kind comes with the last words of git', () => {
    const failure = cloneFailure({ said: 'fatal: the moon is full\n', address: HTTPS, branch: undefined })
    expect(failure.message).toContain('the moon is full')
  })
})
