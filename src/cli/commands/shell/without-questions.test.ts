import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutQuestions } from './without-questions.ts'

const QUESTIONS = [
  ...['\u{5}', '\u{1b}Z', '\u{1b}[c', '\u{1b}[0c', '\u{1b}[>c', '\u{1b}[=c', '\u{1b}[>0q'],
  ...['\u{1b}[5n', '\u{1b}[6n', '\u{1b}[?996n', '\u{1b}[?2026$p', '\u{1b}[4$p', '\u{1b}[?u', '\u{1b}[?1;1;0S'],
  ...['\u{1b}[14t', '\u{1b}[18t', '\u{1b}[14;2t', '\u{1b}[21t'],
  ...['\u{1b}]11;?\u{7}', '\u{1b}]10;?\u{1b}\\', '\u{1b}]4;1;?;2;?\u{7}', '\u{1b}]52;c;?\u{7}'],
  ...['\u{1b}P$qm\u{1b}\\', '\u{1b}P+q544e\u{1b}\\', '\u{1b}_Gi=31,s=1,a=q,f=24;AAAA\u{1b}\\'],
]

const OTHERS = [
  ...[
    'text, 漢字, a ? and 6n',
    '\r\n',
    '\u{1b}[1;31m',
    '\u{1b}[2J\u{1b}[H',
    '\u{1b}[?1049h',
    '\u{1b}[?25l',
    '\u{1b}[!p',
  ],
  ...[
    '\u{1b}[4 q',
    '\u{1b}[?6c',
    '\u{1b}[>4;2m',
    '\u{1b}[>4n',
    '\u{1b}[22;0t',
    '\u{1b}[8;24;80t',
    '\u{1b}[>1u',
    '\u{1b}=',
  ],
  ...['\u{1b}]0;what;?\u{7}', '\u{1b}]11;#fff\u{7}', '\u{1b}]52;c;aGk=\u{7}', '\u{1b}]8;;https://a.example/?\u{1b}\\'],
  ...['\u{1b}P0;1q#0;2;0;0;0\u{1b}\\', '\u{1b}_Ga=T,f=100;AAAA\u{1b}\\', '\u{1b}7', '\u{1b}(B'],
]

/** What is shown of `text` where it comes in pieces of these lengths, and of what ends it. */
function shown(text: string, lengths: readonly number[]): string {
  const show = withoutQuestions()
  const bytes = Buffer.from(text)
  const pieces: Buffer[] = []
  let at = 0
  for (const length of [...lengths, bytes.length]) {
    pieces.push(show(bytes.subarray(at, at + length), true))
    at += length
  }
  return Buffer.concat([...pieces, show(new Uint8Array(), false)]).toString()
}

describe('output that is answered elsewhere', () => {
  it.each(QUESTIONS)('is shown without %j', (question) => {
    expect(shown(`before${question}after`, [])).toBe('beforeafter')
  })

  it.each(OTHERS)('keeps %j', (other) => {
    expect(shown(other, [])).toBe(other)
  })

  it('is the same however it is cut', () => {
    const part = fc.oneof(fc.constantFrom(...QUESTIONS), fc.constantFrom(...OTHERS))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.array(fc.nat(7), { maxLength: 60 }), (parts, lengths) => {
        expect(shown(parts.join(''), lengths)).toBe(parts.filter((one) => !QUESTIONS.includes(one)).join(''))
      }),
    )
  })

  it('is not held back by what never ends', () => {
    const show = withoutQuestions()
    const image = Buffer.from(`\u{1b}]52;c;${'A'.repeat(5000)}`)
    expect(show(image, true)).toEqual(image)
  })
})

it('nothing is left out where this terminal is to answer', () => {
  const show = withoutQuestions()
  const asked = Buffer.from(QUESTIONS.join(''))
  expect(show(asked, false)).toEqual(asked)
})
