import { readSync } from 'node:fs'
import { RuntimeBoot } from '../../contract/runtime/boot.ts'
import { BootRefusal } from './refusal.ts'

/** 256 variables of 32 KiB in JSON, each character escaped, is the most that a boot line can be. */
const BOOT_LINE_BYTES = 64 * 1_048_576
const STDIN = 0

/** Reads the one line of standard input that says how to start. Throws `BootRefusal` when it is not one. */
export function readBoot(): RuntimeBoot {
  const boot = RuntimeBoot.safeParse(readJsonLine())
  if (boot.success) return boot.data
  const paths = boot.error.issues.map((issue) => issue.path.join('.') || '(whole)')
  throw new BootRefusal(`The boot line is not valid at: ${paths.join(', ')}.`)
}

/** The one line of standard input, parsed. Throws `BootRefusal`. */
export function readJsonLine(): unknown {
  try {
    return JSON.parse(readLine())
  } catch (error) {
    if (error instanceof BootRefusal) throw error
    throw new BootRefusal('Standard input is not a line of JSON.')
  }
}

function readLine(): string {
  const chunks: Buffer[] = []
  let size = 0
  const chunk = Buffer.alloc(65_536)
  for (;;) {
    const read = readChunk(chunk)
    const bytes = chunk.subarray(0, read)
    const end = bytes.indexOf(0x0a)
    chunks.push(Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)))
    size += read
    if (read === 0 || end >= 0) return Buffer.concat(chunks).toString('utf8')
    if (size > BOOT_LINE_BYTES) throw new BootRefusal('The boot line is too long.')
  }
}

function readChunk(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(STDIN, chunk)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      // The engine handed over a pipe that does not block.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
