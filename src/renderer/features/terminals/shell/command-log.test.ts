import { beforeEach, expect, it } from 'vitest'
import { type Command, CommandLog, type Place } from './command-log.ts'
import { parseShellMark } from './shell-marks.ts'

let log: CommandLog
let [row, time] = [0, 0]
let places: { line: number }[] = []

beforeEach(() => {
  ;[row, time, places] = [0, 0, []]
  const place = (): Place => {
    const made = { line: row }
    places.push(made)
    return made
  }
  log = new CommandLog({ place, column: () => 2, time: () => time })
})

/** Takes marks as `A@0 B@0 C@1 D;1@4`: each at its row. */
function play(marks: string): (Command | undefined)[] {
  return marks.split(' ').map((step) => {
    const [data = '', at = ''] = step.split('@')
    row = Number(at)
    const mark = parseShellMark(data)
    if (mark === undefined) throw new Error(`no mark: ${data}`)
    return log.take(mark)
  })
}

it('puts a command together, and tells its end once', () => {
  const ended = play('A@0 B@0 C@1 D;1;duration=70@4 A@4')
  expect(ended.filter((command) => command !== undefined)).toHaveLength(1)
  expect(log.finished()).toEqual([
    {
      prompt: { line: 0 },
      line: { place: { line: 0 }, column: 2 },
      output: { line: 1 },
      end: { line: 4 },
      exitCode: 1,
      durationMs: 70,
    },
  ])
  expect(log.list()).toHaveLength(2)
})

it('measures where the shell does not', () => {
  play('A@0 B@0 C@1')
  time = 1500
  play('D;0@2')
  expect(log.finished()[0]?.durationMs).toBe(1500)
})

it('makes nothing of an empty line, and one prompt of one that is drawn anew', () => {
  play('A@0 B@0 D@1 A@1 B@1 A@3 B@3')
  expect(log.list().map(({ prompt }) => prompt.line)).toEqual([3])
  expect(log.finished()).toEqual([])
})

it('takes marks that begin in the middle', () => {
  play('C@1 D;0@2')
  expect(log.finished()).toHaveLength(1)
  play('D;0@3')
  expect(log.finished()).toHaveLength(1)
})

it('forgets what is no longer kept', () => {
  play('A@0 B@0 C@1 D;0@2 A@2 B@2 C@3 D;0@4')
  for (const place of places.slice(0, 4)) place.line = -1
  expect(log.finished().map(({ prompt }) => prompt.line)).toEqual([2])
})
