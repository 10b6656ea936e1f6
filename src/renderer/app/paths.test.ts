import { expect, it } from 'vitest'
import { parseWorkspacePath, workspacePath } from './paths.ts'

it('finds the way back from every path that it makes', () => {
  expect(parseWorkspacePath(workspacePath('local', 'api'))).toEqual({
    worker: 'local',
    workspace: 'api',
    section: 'terminals',
  })
  expect(parseWorkspacePath(workspacePath('ts:atlas', 'a-1', 'logs'))).toEqual({
    worker: 'ts:atlas',
    workspace: 'a-1',
    section: 'logs',
  })
})

it('leads to the terminals where the section is missing or unknown, and nowhere from other addresses', () => {
  expect(parseWorkspacePath('/w/local/api')?.section).toBe('terminals')
  expect(parseWorkspacePath('/w/local/api/nothing')?.section).toBe('terminals')
  expect(parseWorkspacePath('/new')).toBeUndefined()
  expect(parseWorkspacePath('/w/local/%E0%A4%A')).toBeUndefined()
})
