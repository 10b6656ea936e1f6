import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

export interface LineFilesLimits {
  /** A file that has grown beyond this is put aside. */
  fileBytes: number
  /** How many files there are at most, with the one that is written. */
  files: number
}

/** Lines in files of bounded size, in a folder of their own that its owner alone may read. */
export interface LineFiles extends Disposable {
  /** Writes one line, which is on its way to the disk when this returns. Throws what the system says. */
  append(line: string): void
  /** The lines of each file, newest file first, each in the order they were written. What was torn by a crash is in it. */
  newestFirst(): AsyncGenerator<string[], void, void>
}

const NEWLINE = 0x0a

/** Opens the files named `name` in `folder`: `audit.jsonl`, then `audit.1.jsonl` and so on, older and older. */
export function openLineFiles(folder: string, name: string, limits: LineFilesLimits): LineFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { name: stem, ext } = path.parse(name)
  const fileOf = (age: number): string => path.join(folder, age === 0 ? name : `${stem}.${age}${ext}`)
  // Undefined while it is put aside: a number that was closed may be another file's soon.
  let open: { descriptor: number; bytes: number } | undefined = openFile(fileOf(0))

  const close = (): void => {
    const descriptor = open?.descriptor
    open = undefined
    if (descriptor !== undefined) closeSync(descriptor)
  }
  const putAside = (): void => {
    close()
    rmSync(fileOf(limits.files - 1), { force: true })
    for (let age = limits.files - 2; age >= 0; age -= 1) {
      if (existsSync(fileOf(age))) renameSync(fileOf(age), fileOf(age + 1))
    }
  }

  return {
    append: (line) => {
      if (open !== undefined && open.bytes >= limits.fileBytes) putAside()
      open ??= openFile(fileOf(0))
      open.bytes += writeSync(open.descriptor, `${line}\n`)
    },
    newestFirst: async function* () {
      for (let age = 0; age < limits.files; age += 1) {
        const text = await readFile(fileOf(age), 'utf8').catch(() => '')
        if (text !== '') yield text.split('\n').filter((line) => line !== '')
      }
    },
    [Symbol.dispose]: close,
  }
}

function openFile(file: string): { descriptor: number; bytes: number } {
  const descriptor = openSync(file, 'a+', 0o600)
  const { size } = fstatSync(descriptor)
  // After a power cut the last line may have no end: what follows must not be taken for a part of it.
  const isTorn = size > 0 && lastByteOf(descriptor, size) !== NEWLINE
  return { descriptor, bytes: isTorn ? size + writeSync(descriptor, '\n') : size }
}

function lastByteOf(descriptor: number, bytes: number): number | undefined {
  const last = Buffer.alloc(1)
  readSync(descriptor, last, 0, 1, bytes - 1)
  return last[0]
}
