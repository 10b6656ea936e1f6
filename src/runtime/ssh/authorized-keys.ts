import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { PublicKey } from '../../contract/agent/ssh.ts'

/** More than anybody's keys. */
const MAX_FILE_BYTES = 1_048_576

/** Why a key could not be let in; the user of the workspace can mend it. */
export class KeysRefusal extends Error {}

/**
 * Adds a key to `~/.ssh/authorized_keys`, where it is not one yet, with the modes that sshd insists on. Runs as the
 * user, so it can do no more than they; what they made a link is theirs to lead somewhere, and is not followed. Throws
 * `KeysRefusal`.
 */
export function authorizeKey(home: string, publicKey: PublicKey): void {
  const folder = join(home, '.ssh')
  const file = join(folder, 'authorized_keys')
  try {
    ownFolder(folder)
    const before = readKeys(file)
    if (holds(before.text, publicKey) && before.isClosed) return
    const draft = `${file}.berth`
    rmSync(draft, { force: true })
    writeFileSync(draft, withKey(before.text, publicKey), { mode: 0o600, flag: 'wx' })
    renameSync(draft, file)
  } catch (error) {
    if (error instanceof KeysRefusal) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new KeysRefusal(`~/.ssh/authorized_keys could not be written (${code}).`, { cause: error })
  }
}

function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory()) throw new KeysRefusal('~/.ssh is a link, not a folder.')
  if ((found.mode & 0o077) !== 0) chmodSync(folder, 0o700)
}

function readKeys(file: string): { text: string; isClosed: boolean } {
  let fd: number
  try {
    // Not blocking: it may be a pipe that nobody writes to.
    fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return { text: '', isClosed: false }
    if (code === 'ELOOP') throw new KeysRefusal('~/.ssh/authorized_keys is a link, not a file.')
    throw error
  }
  try {
    const status = fstatSync(fd)
    if (!status.isFile()) throw new KeysRefusal('~/.ssh/authorized_keys is not a file.')
    if (status.size > MAX_FILE_BYTES) throw new KeysRefusal('~/.ssh/authorized_keys is larger than 1 MiB.')
    return { text: readFileSync(fd, 'utf8'), isClosed: (status.mode & 0o077) === 0 }
  } finally {
    closeSync(fd)
  }
}

/** Whether a line is just this key. One with options before it does not count: that one allows less. */
function holds(text: string, publicKey: PublicKey): boolean {
  const key = publicKey.split(' ', 2).join(' ')
  return text.split('\n').some((line) => line === key || line.startsWith(`${key} `))
}

function withKey(text: string, publicKey: PublicKey): string {
  if (holds(text, publicKey)) return text
  return `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${publicKey}\n`
}
