import { expect, test } from 'vitest'
import { phaseOf } from '../../worker/phase.ts'
import { workspaceNamed } from '../../worker/workspace.fixture.ts'
import { rowNote } from './row-note.ts'

const NOW = Date.parse('2026-03-01T12:00:00.000Z')
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString()

test.each([
  ['its age', { startedAt: at(-5) }, '5 min', false],
  [
    'an end that is near, before its age',
    { type: 'agent', startedAt: at(-5), expiresAt: at(8) },
    'ends in 8 min',
    true,
  ],
  ['its age where the end is far', { type: 'agent', startedAt: at(-5), expiresAt: at(800) }, '5 min', false],
  ['what is being done, before its end', { activity: { verb: 'stopping' }, expiresAt: at(8) }, 'Stopping', false],
  ['that it is stopped', { status: 'stopped' }, 'Stopped', false],
  ['that it was kept', { status: 'stopped', notice: { code: 'kept', message: '' } }, 'Kept', true],
  ['that it idled', { status: 'stopped', notice: { code: 'idle_stopped', message: '' } }, 'Idle stop', false],
] as const)('a row says %s', (_, change, note, isWarning) => {
  const workspace = workspaceNamed('api', change)
  expect(rowNote(workspace, phaseOf(workspace), NOW)).toEqual({ note, isWarning })
})
