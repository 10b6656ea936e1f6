import { expect, test } from 'vitest'
import { parsePasswd } from '../../domain/accounts.ts'
import { type AccountFiles, chooseAccount, supplementaryGroups, withHome } from './accounts.ts'

const ROOT = 'root:x:0:0:root:/root:/bin/bash\n'
const DAEMONS = 'daemon:x:1:1::/usr/sbin:/usr/sbin/nologin\nnobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n'
const files = (passwd: string, group = 'root:x:0:\n'): AccountFiles => ({ passwd, group, shadow: 'root:*:1:::::\n' })
const choose = (of: AccountFiles, wanted?: string) => chooseAccount(of, wanted, '/bin/bash')

test('an image without a person gets the user "workspace" with uid and gid 1000', () => {
  const chosen = choose(files(ROOT + DAEMONS))
  expect(chosen.account).toEqual({
    name: 'workspace',
    uid: 1000,
    gid: 1000,
    home: '/home/workspace',
    shell: '/bin/bash',
  })
  expect(chosen.files?.passwd).toBe(`${ROOT}${DAEMONS}workspace:x:1000:1000::/home/workspace:/bin/bash\n`)
  expect(chosen.files?.group).toBe('root:x:0:\nworkspace:x:1000:\n')
  expect(chosen.files?.shadow).toContain('\nworkspace:*:')
})

test.each([
  ['the one with uid 1000', 'z:x:1001:1001::/home/z:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n', 'node'],
  ['"workspace" before others', 'node:x:1000:1000::/h:/bin/sh\nworkspace:x:1005:1005::/w:/bin/sh\n', 'workspace'],
  ['any person', 'vscode:x:1017:1017::/home/vscode:/bin/zsh\n', 'vscode'],
  ['a person rather than a service', 'svc:x:1000:1000::/:/sbin/nologin\nme:x:1001:1001::/home/me:/bin/sh\n', 'me'],
])('the image: %s is chosen, and nothing is written', (_, people, expected) => {
  const chosen = choose(files(ROOT + DAEMONS + people))
  expect(chosen.account.name).toBe(expected)
  expect(chosen.files).toBeUndefined()
})

test('a wanted user is found, or made with ids that are free', () => {
  const passwd = `${ROOT}node:x:1000:1000::/home/node:/bin/sh\n`
  expect(choose(files(passwd), 'node').files).toBeUndefined()
  const made = choose(files(passwd, 'node:x:1000:\nstaff:x:1001:\n'), 'anna')
  expect(made.account).toMatchObject({ name: 'anna', uid: 1002, gid: 1002 })
})

test('a group of the wanted name is used, and files without a last line break are completed', () => {
  const made = choose({ passwd: 'root:x:0:0::/root:/bin/sh', group: 'workspace:x:777:', shadow: '' })
  expect(made.account).toMatchObject({ uid: 1000, gid: 777 })
  expect(made.files?.passwd.split('\n')[1]).toMatch(/^workspace:x:1000:777:/)
  expect(made.files?.group).toBe('workspace:x:777:')
})

test('an account gets another home, and no other line changes', () => {
  const passwd = `${ROOT}# dev:x\ndev:x:1000:1000:Dev,,:/:/bin/sh\ndeveloper:x:1001:1001::/:/bin/sh`
  const dev = { name: 'dev', uid: 1000, gid: 1000, home: '/home/dev', shell: '/bin/sh' }
  expect(withHome(passwd, dev)).toBe(passwd.replace(':Dev,,:/:', ':Dev,,:/home/dev:'))
})

test('lines that are no accounts are passed over', () => {
  expect(parsePasswd('# note\n\n+::::::\nbroken:x:one:two\nok:x:5:6:,:/home/ok:\n')).toEqual([
    { name: 'ok', uid: 5, gid: 6, home: '/home/ok', shell: '' },
  ])
})

test('groups are those that name the user whole', () => {
  expect(supplementaryGroups('docker:x:99:anna,bob\nsudo:x:27:annabel\nx:x:5:anna\nbad:x:no:anna\n', 'anna')).toEqual([
    99, 5,
  ])
})
