import { expect, test } from 'vitest'
import { hostAlias, hostBlock, hostOptions, hostSettings, mergeBlocks, sshFilesIn } from './host-settings.ts'

const ACCESS = { host: '127.0.0.1', port: 2223, user: 'workspace', hostKey: 'ssh-ed25519 AAAA' }

test('a block and options say the same of a host', () => {
  const settings = hostSettings('alpha.berth', ACCESS, sshFilesIn('/home/anna/100% sure'))
  const block = hostBlock('alpha.berth', settings)
  expect(block).toContain('Host alpha.berth\n  HostName 127.0.0.1\n  Port 2223\n  User workspace\n')
  expect(block).toContain('  IdentityFile "/home/anna/100%% sure/ssh/id_ed25519"\n')
  expect(hostOptions(settings)).toContain('StrictHostKeyChecking=yes')
  expect(hostOptions(settings).filter((word) => word === '-o')).toHaveLength(settings.length)
})

test('blocks of other hosts stay as long as their workspace exists', () => {
  const block = (name: string, port: number): string =>
    hostBlock(hostAlias(name), [
      ['HostName', '127.0.0.1'],
      ['Port', String(port)],
    ])
  const before = mergeBlocks(
    '',
    new Map([
      ['a.berth', block('a', 1)],
      ['b.berth', block('b', 2)],
      ['c.berth', block('c', 3)],
    ]),
    () => true,
  )
  const after = mergeBlocks(before, new Map([['b.berth', block('b', 9)]]), (alias) => alias !== 'c.berth')
  expect(after).toBe(`${block('a', 1)}\n${block('b', 9)}`)
})
