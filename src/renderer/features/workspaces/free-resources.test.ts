import { expect, test } from 'vitest'
import { workspaceNamed } from '../../worker/workspace.fixture.ts'
import { freeOf } from './free-resources.ts'

const GIBIBYTE = 1024 ** 3
const all = { cpus: 8, memoryBytes: 16 * GIBIBYTE }
const taking = (status: 'running' | 'creating' | 'stopped' | 'error', cpus: number) =>
  workspaceNamed('a', { status, resources: { cpus, memoryBytes: cpus * GIBIBYTE, pids: 4096 } })

test('what runs and what is being made takes its limits; what is stopped takes nothing', () => {
  const workspaces = [taking('running', 2), taking('creating', 1.5), taking('stopped', 4), taking('error', 4)]
  expect(freeOf(all, workspaces)).toEqual({ cpus: 4.5, memoryBytes: 12.5 * GIBIBYTE })
})

test('limits that add up to more than there is leave nothing free', () => {
  expect(freeOf(all, [taking('running', 8), taking('running', 16)])).toEqual({ cpus: 0, memoryBytes: 0 })
})
