import { expect, test } from 'vitest'
import { sshHostKeyOf } from './host-key.ts'

const SECRET = Buffer.alloc(32, 7)

test('a workspace has one host key for good, and shares it with no other', () => {
  const key = sshHostKeyOf(SECRET, 'ws-aaaaaaaaaaaa')
  expect(sshHostKeyOf(SECRET, 'ws-aaaaaaaaaaaa')).toEqual(key)
  expect(sshHostKeyOf(SECRET, 'ws-bbbbbbbbbbbb').publicKey).not.toBe(key.publicKey)
  expect(sshHostKeyOf(Buffer.alloc(32, 8), 'ws-aaaaaaaaaaaa').publicKey).not.toBe(key.publicKey)
})

test('the private key is a file as OpenSSH writes them, with the public one in it', () => {
  const { privateKey, publicKey } = sshHostKeyOf(SECRET, 'ws-aaaaaaaaaaaa')
  const lines = privateKey.split('\n')
  expect(lines[0]).toBe('-----BEGIN OPENSSH PRIVATE KEY-----')
  expect(lines.slice(-2)).toEqual(['-----END OPENSSH PRIVATE KEY-----', ''])
  expect(Math.max(...lines.slice(1, -2).map(({ length }) => length))).toBe(70)
  const body = Buffer.from(lines.slice(1, -2).join(''), 'base64')
  expect(body.subarray(0, 15).toString('latin1')).toBe('openssh-key-v1\0')
  expect(body.includes(Buffer.from(publicKey.split(' ')[1] ?? '', 'base64'))).toBe(true)
})
