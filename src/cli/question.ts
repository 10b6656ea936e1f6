import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CliFailure } from './cli-failure.ts'
import { exitCodeOfSignal } from './exit-codes.ts'
import type { Streams } from './terminal-streams.ts'

/** Asks the person at the terminal. No answer (end of input) is an empty one; Ctrl-C rejects with a `CliFailure`. */
export function ask(question: string, { stdin, stderr }: Pick<Streams, 'stdin' | 'stderr'>): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: stdin, output: stderr })
    let answer: string | undefined
    lines.on('SIGINT', () => {
      reject(new CliFailure('Nothing was done.', { code: 'INTERRUPTED', exitCode: exitCodeOfSignal('SIGINT') }))
      lines.close()
    })
    lines.once('close', () => {
      if (answer === undefined) stderr.write('\n')
      resolve(answer ?? '')
    })
    lines.question(question, (text) => {
      answer = text
      lines.close()
    })
  })
}

/** As `ask`, without showing what is typed. */
export async function askHidden(
  question: string,
  { stdin, stderr }: Pick<Streams, 'stdin' | 'stderr'>,
): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  // From here on nothing is echoed: so only then is anything asked.
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true })
  stderr.write(question)
  return await new Promise((resolve, reject) => {
    let answer = ''
    lines.on('SIGINT', () => {
      reject(new CliFailure('Nothing was done.', { code: 'INTERRUPTED', exitCode: exitCodeOfSignal('SIGINT') }))
      lines.close()
    })
    lines.once('close', () => {
      stderr.write('\n')
      resolve(answer)
    })
    lines.once('line', (text) => {
      answer = text
      lines.close()
    })
  })
}
