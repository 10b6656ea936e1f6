import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installShellIntegration, type ShellIntegration } from './shell-integration.ts'

const BASH = ['/bin/bash', '/usr/bin/bash'].find((path) => existsSync(path))

let home = ''
let integrate: ShellIntegration
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'berth-shell-'))
  integrate = installShellIntegration(home)
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** What an interactive bash prints for these lines, its rc file first. */
function bash(
  lines: readonly string[],
  { rc = '', env = {} }: { rc?: string; env?: Record<string, string> } = {},
): string {
  const given = { HOME: home, PATH: process.env['PATH'] ?? '', TERM: 'xterm', HOSTNAME: 'box', ...env }
  writeFileSync(join(home, '.bashrc'), `PS1='$ '\n${rc}\n`)
  const { stdout, stderr } = spawnSync(BASH ?? '', ['--noediting', '-i'], {
    cwd: home,
    encoding: 'utf8',
    input: `${lines.join('\n')}\n`,
    env: { ...given, ...integrate(BASH ?? '', given) },
  })
  // Prompts go to stderr, what commands print to stdout; in a terminal they are one stream.
  return `${stdout}\n---\n${stderr}`
}

/** The parameters of every OSC sequence of this number, in order. */
const marksOf = (output: string, number: number): string[] =>
  output.split(`\u001b]${number};`).flatMap((piece, index) => (index === 0 ? [] : [piece.split('\u0007')[0] ?? '']))

/** The options of each end, with its duration left open. */
const ends = (output: string): string[] =>
  marksOf(output, 133)
    .filter((mark) => mark.startsWith('D'))
    .map((mark) => mark.replace(/^D;?/, '').replace(/\d+$/, 'N'))

it('is for bash and zsh, and can be turned off', () => {
  expect(integrate('/bin/dash', {})).toEqual({})
  for (const shell of ['/bin/bash', '/usr/bin/zsh']) {
    expect(integrate(shell, { BERTH_SHELL_INTEGRATION: 'off' })).toEqual({})
  }
  expect(Object.keys(integrate('/bin/bash', {}))).toEqual(['PROMPT_COMMAND'])
  expect(Object.keys(integrate('/bin/zsh', {}))).toEqual(['ZDOTDIR'])
  expect(integrate('/bin/zsh', { ZDOTDIR: '/home/a/zsh' })).toMatchObject({ BERTH_ZDOTDIR: '/home/a/zsh' })
})

describe.skipIf(BASH === undefined)('in bash', () => {
  it('marks prompts, output and ends with their codes', () => {
    const output = bash(['true', '(exit 7)', '', 'echo status-$?'])
    expect(output).toContain('\u001b]133;A\u0007$ \u001b]133;B\u0007')
    expect(output).toContain('\u001b]133;C\u0007')
    // The first prompt and the empty line end no command.
    expect(ends(output)).toEqual(['', '0;duration=N', '7;duration=N', '', '0;duration=N'])
    expect(output).toContain('status-7')
  })

  it('measures how long a command took', () => {
    const [, duration = '0'] = /D;0;duration=(\d+)/.exec(bash(['sleep 0.25'])) ?? []
    expect(Number(duration)).toBeGreaterThanOrEqual(250)
    expect(Number(duration)).toBeLessThan(30_000)
  })

  it('tells the folder, once for each change', () => {
    const folder = join(home, 'a b漢#')
    mkdirSync(folder)
    const output = bash([`cd '${folder}'`, 'true'])
    const told = marksOf(output, 7).map((address) => address.replace('file://box', ''))
    expect(told).toEqual([home, `${home}/a%20b%E6%BC%A2%23`])
  })

  it('keeps the prompt commands of the user, as a string and as an array', () => {
    for (const rc of ["PROMPT_COMMAND+=$'\\necho mine-$?;'", "PROMPT_COMMAND+=('echo mine-$?' 'echo two')"]) {
      const output = bash(['(exit 3)'], { rc })
      expect(output, rc).toContain('mine-3')
      expect(ends(output), rc).toContain('3;duration=N')
    }
    expect(bash(['(exit 4)'], { env: { PROMPT_COMMAND: 'echo given-$?' } })).toContain('given-4')
  })

  it('leaves a shell to work where a file of the user breaks or takes the prompt for itself', () => {
    const broken = bash(['echo works'], { rc: 'if then (' })
    expect(broken).toContain('works')
    const own = bash(['echo works'], { rc: 'PROMPT_COMMAND=' })
    expect(own).toContain('works')
    expect(ends(own)).toEqual([])
  })

  it('wraps a prompt that changes just once', () => {
    const output = bash(['PS1="(venv) $PS1"', 'true', 'true'])
    expect(output).toContain('\u001b]133;A\u0007(venv) $ \u001b]133;B\u0007')
    expect(output).not.toContain('\u001b]133;A\u0007\u001b]133;A\u0007')
  })

  it('is not handed on to what the shell starts, and bears strict options', () => {
    expect(bash(['env'])).not.toContain('PROMPT_COMMAND=')
    const strict = bash(['set -eu', 'echo first', 'echo second'])
    expect(strict).toContain('second')
    expect(strict).not.toContain('unbound')
  })
})
