import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { loadPtyBinding } from '../../src/runtime/pty/native.ts'
import { Pty } from '../../src/runtime/pty/pty.ts'
import { findProgram } from '../../src/runtime/pty/shell.ts'
import type { Shell } from '../shell.ts'

const BINDING = fileURLToPath(
  new URL(`../../out/runtime/linux-${process.arch === 'arm64' ? 'arm64' : 'x64'}/pty.node`, import.meta.url),
)
const END_MS = 2_000

/** A program of this computer in a PTY, as in a person's terminal. */
export function terminalProgram(file: string, args: readonly string[]): Shell {
  const early: Buffer[] = []
  let listener: ((bytes: Uint8Array) => void) | undefined
  let exited: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    exited = resolve
  })
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', TERM: 'xterm-256color' }
  const path = findProgram(file, env, '/')
  if (path === undefined) throw new Error(`There is no program ${file} on this computer.`)
  const pty = new Pty(
    loadPtyBinding(BINDING),
    { file: path, args: [...args], env, cwd: '/', cols: 80, rows: 24 },
    {
      output: (bytes) => {
        if (listener) listener(bytes)
        else early.push(Buffer.from(bytes))
        return false
      },
      taken: () => undefined,
      exit: () => exited(),
      failed: () => undefined,
    },
  )
  return {
    write: (text) => pty.write(Buffer.from(text)),
    listen: (next) => {
      listener = next
      for (const bytes of early.splice(0)) next(bytes)
    },
    close: async () => {
      pty.destroy()
      await Promise.race([ended, delay(END_MS, undefined, { ref: false })])
    },
  }
}
