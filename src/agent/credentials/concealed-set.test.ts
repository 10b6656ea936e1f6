import { beforeEach, expect, test } from 'vitest'
import { createAgentLog } from '../log.ts'
import { type ConcealedSet, concealedSet } from './concealed-set.ts'

let written: string[]
let due: (() => void)[]
let secrets: ConcealedSet
let says: (words: string) => string

beforeEach(() => {
  written = []
  due = []
  const destination = { write: (line: string) => void written.push(line) }
  const { log, conceal } = createAgentLog({ destination, level: 'info' })
  secrets = concealedSet(conceal, (call) => due.push(call))
  says = (words) => {
    log.info(words)
    return written.at(-1) ?? ''
  }
})
/** The time for which values are kept after their use has passed. */
const pass = (): void => {
  for (const call of due.splice(0)) call()
}

test('a value that was replaced stays out of the log for a while, and is let go then', () => {
  secrets.are(['first-value', 'staying-value'])
  secrets.are(['second-value', 'staying-value'])
  expect(says('first-value second-value staying-value')).not.toContain('-value')
  pass()
  expect(says('first-value')).toContain('first-value')
  expect(says('second-value staying-value')).not.toContain('-value')
})

test('one that comes back is held on', () => {
  secrets.are(['first-value'])
  secrets.are([])
  secrets.are(['first-value'])
  pass()
  expect(says('first-value')).not.toContain('first-value')
})
