import { execFile } from 'node:child_process'

/** How a program ended, and what it said. */
export interface Ended {
  code: number
  said: string
}

/** Runs a program of the system without a shell; `absent` where there is none of this name. Never rejects. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<Ended | 'absent'>

const LIMIT_MS = 60_000

export const runProgram: RunProgram = (program, args) =>
  new Promise((resolve) => {
    execFile(program, [...args], { timeout: LIMIT_MS }, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim()
      if (error === null) resolve({ code: 0, said })
      else resolve(error.code === 'ENOENT' ? 'absent' : { code: typeof error.code === 'number' ? error.code : 1, said })
    })
  })
