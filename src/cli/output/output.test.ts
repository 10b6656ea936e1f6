import { Writable } from 'node:stream'
import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { LinkError } from '../../client/link-error.ts'
import { CliFailure } from '../cli-failure.ts'
import { createStepDisplay } from './creation-steps.ts'
import { lossesOf } from './deletion-report.ts'
import { formatSpan } from './duration.ts'
import { tellFailure, toFailure } from './failure.ts'
import { formatTable } from './table.ts'

/** A stream that keeps what is written. */
function paper(isTTY: boolean): { stream: NodeJS.WriteStream; text(): string } {
  let text = ''
  const write = (chunk: Buffer, _encoding: string, done: () => void): void => {
    text += chunk.toString()
    done()
  }
  const stream = Object.assign(new Writable({ write }), { isTTY, columns: 40 }) as unknown as NodeJS.WriteStream
  return { stream, text: () => text }
}

describe('a table', () => {
  it('lines its columns up, leaves no blanks at the ends, and counts no paint', () => {
    const painted = { text: 'on', paint: (text: string) => `<${text}>` }
    expect(
      formatTable(
        ['A', 'LONG', 'END'],
        [
          ['aaa', painted, 'x'],
          ['b', 'something', 'yyyyy'],
        ],
      ),
    ).toBe(['A     LONG        END', 'aaa   <on       >   x', 'b     something   yyyyy'].join('\n'))
  })

  it('shows nothing that a terminal would obey', () => {
    expect(formatTable(['A'], [['\u{1b}]0;title\u{7}\n\u{202e}x']])).toBe('A\n�]0;title���x')
  })
})

it.each([
  [-5, '0.0 s'],
  [449, '0.4 s'],
  [9_999, '10.0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
  [172_800_000, '2 d'],
])('%i ms are %s', (ms, words) => {
  expect(formatSpan(ms)).toBe(words)
})

describe('a failure', () => {
  it.each<[unknown, Partial<CliFailure>]>([
    [new CliFailure('m', { code: 'C', exitCode: 9 }), { code: 'C', exitCode: 9 }],
    [new ORPCError('NOT_FOUND', { message: 'gone', data: { hint: 'look' } }), { code: 'NOT_FOUND', hint: 'look' }],
    [new LinkError('unreachable', 'no answer'), { code: 'UNREACHABLE', exitCode: 1 }],
    [new LinkError('incompatible', 'too old'), { code: 'INCOMPATIBLE', hint: undefined }],
    [new TypeError('bug'), { message: 'bug', code: 'FAILED', exitCode: 1 }],
    ['thrown', { message: 'thrown' }],
  ])('is told of %o', (thrown, failure) => {
    expect(toFailure(thrown)).toMatchObject(failure)
  })

  it('is a sentence with what to do, or JSON of one shape', () => {
    const failure = new CliFailure('Not\u{1b}[31m done.', { code: 'C', hint: 'Do it.', data: { report: 1 } })
    const [words, json] = [paper(false), paper(false)]
    tellFailure({ stderr: words.stream }, failure, false)
    tellFailure({ stderr: json.stream }, failure, true)
    expect(words.text()).toBe('ws: Not�[31m done.\n    Do it.\n')
    expect(JSON.parse(json.text())).toEqual({
      error: { code: 'C', message: 'Not\u{1b}[31m done.', hint: 'Do it.', report: 1 },
    })
  })
})

it('says a failure of several lines in several lines', () => {
  const { stream, text } = paper(false)
  const failure = new CliFailure('Not done:\nthis\u{1b}[2J', { hint: 'First this.\r\nThen that.\n' })
  tellFailure({ stderr: stream }, failure, false)
  expect(text()).toBe('ws: Not done:\n    this\u{fffd}[2J\n    First this.\n    Then that.\n')
})

describe('what a deletion would lose', () => {
  const checkedAt = '2026-01-01T00:00:00Z'

  it('is counted, with where it is', () => {
    const reasons = [
      { kind: 'unpushed' as const, count: 1, repository: '/r', branch: 'main' },
      { kind: 'stash' as const, count: 2, repository: '/r' },
      { kind: 'uncommitted' as const, count: 3, repository: '/evil\n\u{1b}[2J' },
    ]
    expect(lossesOf({ clean: false, checkedAt, reasons }, 'a').split('\n')).toEqual([
      'Deleting “a” would lose:',
      '  1 commit not pushed  (/r, main)',
      '  2 stashes  (/r)',
      '  3 changed files not committed  (/evil��[2J)',
    ])
  })

  it('is not known where it could not be looked at', () => {
    const reasons = [{ kind: 'unknown' as const, message: 'It is stopped.' }]
    expect(lossesOf({ clean: false, checkedAt, reasons }, 'a')).toBe(
      'Whether work in “a” would be lost is not known:\n  It is stopped.',
    )
  })
})

describe('the steps of a creation', () => {
  it('are a line each when they are over, once, where nothing can move', () => {
    const { stream, text } = paper(false)
    const display = createStepDisplay(stream)
    display.show({ name: 'image', state: 'running', percent: 40, detail: 'Step 4' })
    display.show({ name: 'image', state: 'done', durationMs: 1_234 })
    display.show({ name: 'image', state: 'done', durationMs: 1_234 })
    display.end([
      { name: 'image', state: 'done', durationMs: 1_234 },
      { name: 'create', state: 'failed', durationMs: 500 },
      { name: 'start', state: 'pending' },
    ])
    expect(text()).toMatch(/^✓ Preparing the image +1\.2 s\n✗ Making the container +0\.5 s\n$/)
  })

  it('move in one line of a terminal, no wider than it is, and obey nothing that a build printed', () => {
    const { stream, text } = paper(true)
    const display = createStepDisplay(stream)
    display.show({ name: 'image', state: 'running', percent: 40.4, detail: `\u{1b}[2J\n${'x'.repeat(99)}` })
    const line = text().split('\u{1b}[K').at(-1) ?? ''
    expect(line).toMatch(/^… Preparing the image 40 % {2}�\[2J�x+$/)
    expect(line).toHaveLength(39)
  })
})
