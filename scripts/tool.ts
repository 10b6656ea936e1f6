import { spawn } from 'node:child_process'
import path from 'node:path'
import { execPath } from 'node:process'
import { PROJECT_FOLDER } from './setup/project.mjs'

export interface ToolResult {
  /** Null when a signal ended it. */
  code: number | null
  /** Standard output and error, as they came. */
  output: string
}

/** Runs a script of the project (a path from its folder) under this very Node, and takes what it prints. */
export function runTool(script: string, args: readonly string[]): Promise<ToolResult> {
  return runCommand(execPath, [path.join(PROJECT_FOLDER, script), ...args])
}

/** Runs a program in the project's folder, without input, and takes what it prints. A missing program rejects. */
export function runCommand(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: PROJECT_FOLDER,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    const parts: string[] = []
    const take = (chunk: string) => {
      parts.push(chunk)
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.once('error', reject)
    child.once('close', (code) => {
      resolve({ code, output: parts.join('') })
    })
  })
}
