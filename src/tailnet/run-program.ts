import { execFile } from 'node:child_process'

/** What a program said, and the code it ended with; `absent` where there is none of this name. */
export type Ran = { code: number; stdout: string } | 'absent'
export type Run = (program: string, args: readonly string[]) => Promise<Ran>

const LIMIT_MS = 5_000
const MOST_BYTES = 16 * 1024 * 1024

/** Runs a program, without a shell, for a few seconds at most. Never rejects. */
export function runProgram(program: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: LIMIT_MS, maxBuffer: MOST_BYTES, windowsHide: true }, (error, stdout) => {
      if (error === null) resolve({ code: 0, stdout })
      else if (error.code === 'ENOENT') resolve('absent')
      else resolve({ code: typeof error.code === 'number' ? error.code : 1, stdout })
    })
  })
}
