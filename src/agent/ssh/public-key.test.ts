import { expect, test } from 'vitest'
import { PublicKey } from '../../contract/agent/ssh.ts'
import { sshHostKeyOf } from './host-key.ts'
import { isWholeKey } from './public-key.ts'

const KEY = sshHostKeyOf(Buffer.alloc(32, 1), 'ws-aaaaaaaaaaaa').publicKey

test('a line of a .pub file is a public key, with or without a comment', () => {
  for (const line of [KEY, `${KEY} anna@laptop`, `${KEY} two words, “quoted”`, `${KEY}\n`]) {
    expect(isWholeKey(PublicKey.parse(line))).toBe(true)
  }
})

test.each([
  ['options', `command="sh" ${KEY}`],
  ['options without a value', `restrict ${KEY}`],
  ['a second line', `${KEY}\ncommand="sh" ${KEY}`],
  ['a carriage return', `${KEY}\r${KEY}`],
  ['a NUL', `${KEY} a\0b`],
  ['a certificate', KEY.replace('ssh-ed25519 ', 'ssh-ed25519-cert-v01@openssh.com ')],
  ['a key type of the past', KEY.replace('ssh-ed25519 ', 'ssh-dss ')],
  ['a comment line', `# ${KEY}`],
  ['too much', `${KEY} ${'a'.repeat(9000)}`],
  ['nothing', ''],
])('%s is refused', (_, line) => {
  expect(PublicKey.safeParse(line).success).toBe(false)
})

test('a key that is not of its type, cut off or not base64 is no key', () => {
  expect(isWholeKey(KEY.replace('ssh-ed25519', 'ssh-rsa'))).toBe(false)
  expect(isWholeKey('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5')).toBe(false)
  expect(isWholeKey(`${KEY.slice(0, -1)}=`)).toBe(false)
})
