import { expect, it } from 'vitest'
import { Columns, Rows } from '../../contract/terminal/terminal.ts'
import { nearestSize } from './nearest-size.ts'

it.each([
  ['as wide as a wall, in small text', { cols: 1066, rows: 40 }, { cols: 1000, rows: 40 }],
  ['higher than a terminal can be', { cols: 80, rows: 4000 }, { cols: 80, rows: 1000 }],
  ['with no room', { cols: 0, rows: 0 }, { cols: 1, rows: 1 }],
  ['as most are', { cols: 213, rows: 57 }, { cols: 213, rows: 57 }],
])('a screen %s has a terminal of a size that the worker takes', (_which, screen, size) => {
  expect(nearestSize(screen)).toEqual(size)
  expect([Columns.parse(size.cols), Rows.parse(size.rows)]).toEqual([size.cols, size.rows])
})
