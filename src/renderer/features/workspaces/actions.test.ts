import { expect, it } from 'vitest'
import { workspaceNamed } from '../../worker/workspace.fixture.ts'
import { allowedActions } from './actions.ts'

const allowed = (change: Parameters<typeof workspaceNamed>[1]) =>
  Object.entries(allowedActions(workspaceNamed('api', change)))
    .filter(([, can]) => can)
    .map(([action]) => action)

it('offers what fits the state, and deletion always', () => {
  expect(allowed({ status: 'running' })).toEqual(['stop', 'restart', 'delete'])
  expect(allowed({ status: 'stopped' })).toEqual(['start', 'delete'])
  expect(allowed({ status: 'creating' })).toEqual(['delete'])
  expect(allowed({ status: 'error' })).toEqual(['start', 'delete'])
  expect(allowed({ status: 'error', containerId: '' })).toEqual(['start', 'delete'])
})

it('offers nothing but deletion while something is under way, and not even that twice', () => {
  expect(allowed({ activity: { verb: 'stopping' } })).toEqual(['delete'])
  expect(allowed({ activity: { verb: 'deleting' } })).toEqual([])
})
