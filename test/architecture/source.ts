import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface SourceFile {
  /** From the project's folder, with forward slashes. */
  path: string
  text: string
  lines: number
}

const CODE = /\.(ts|tsx|mjs|cjs|css)$/
const TEST = /\.(test|test-d|spec)\.tsx?$/

/** Every file of code below `folders`, which may be missing. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    listFiles(folder)
      .filter((file) => CODE.test(file))
      .map(readSource),
  )
}

/** The same without tests. */
export function programFiles(...folders: string[]): SourceFile[] {
  return sourceFiles(...folders).filter((file) => !TEST.test(file.path))
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
  } catch {
    return []
  }
}

export function readSource(file: string): SourceFile {
  const text = readFileSync(path.join(ROOT, file), 'utf8')
  return { path: file, text, lines: text.split('\n').length - 1 }
}

/** `path:line` of every place in `file` that `pattern` matches; comments are looked at too. */
export function places(file: SourceFile, pattern: RegExp): string[] {
  return file.text
    .split('\n')
    .map((line, index) => ({ line, at: `${file.path}:${index + 1}` }))
    .filter(({ line }) => pattern.test(line))
    .map(({ at }) => at)
}
