import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CliFailure } from './cli-failure.ts'
import { collectVariable, collectVariablesOf } from './environment-options.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'berth-env-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(text: string): string {
  const file = path.join(folder, 'variables.env')
  writeFileSync(file, text)
  return file
}

function failureOf(take: () => unknown): CliFailure {
  try {
    take()
  } catch (error) {
    if (error instanceof CliFailure) return error
  }
  return expect.unreachable()
}

it('takes values from the environment of the command', () => {
  const environment = { TOKEN: 'x=y z', EMPTY: '' }
  const first = collectVariable('TOKEN', {}, environment)
  expect(collectVariable('EMPTY', first, environment)).toEqual({ TOKEN: 'x=y z', EMPTY: '' })
})

it('refuses a value in the command line, and does not repeat it', () => {
  for (const text of ['TOKEN=hunter2', '=hunter2', '1A=hunter2', 'hunter-2']) {
    const { message, hint = '', code } = failureOf(() => collectVariable(text, {}, {}))
    expect(`${message} ${hint}`, text).not.toContain('hunter')
    expect(code).toBe('USAGE')
  }
  expect(failureOf(() => collectVariable('TOKEN=hunter2', {}, {})).hint).toContain('--env-file')
})

it('says which variable is not there, and what of one cannot be taken', () => {
  expect(failureOf(() => collectVariable('TOKEN', {}, {})).message).toContain('TOKEN')
  const long = failureOf(() => collectVariable('TOKEN', {}, { TOKEN: 'x'.repeat(40_000) }))
  expect(long.message).toBe('--env TOKEN cannot be taken.')
})

it('reads files of variables, the later before the earlier', () => {
  const file = fileOf('# of the project\nexport A=1\nB="two\nlines" # said\n\nC=\n')
  expect(collectVariablesOf(file, { A: 'before', D: 'stays' })).toEqual({ A: '1', B: 'two\nlines', C: '', D: 'stays' })
})

it('says what is the matter with a file, and repeats nothing of it', () => {
  expect(failureOf(() => collectVariablesOf(path.join(folder, 'none'), {})).message).toContain('cannot be read')
  expect(failureOf(() => collectVariablesOf(fileOf('# nothing\n'), {})).message).toContain('holds no variables')
  const { message, hint } = failureOf(() => collectVariablesOf(fileOf('MY-TOKEN=hunter2\n'), {}))
  expect(`${message} ${hint}`).not.toContain('hunter2')
})
