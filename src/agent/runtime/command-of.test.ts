import { expect, it } from 'vitest'
import { commandOf } from './command-of.ts'

const OURS = {
  folder: '2.0.0-0123456789ab',
  command: ['/opt/berth/2.0.0-0123456789ab/bin/node', '--flag', '/opt/berth/2.0.0-0123456789ab/runtime.cjs'],
}

it('starts another one from its own folder, in the same manner', () => {
  expect(commandOf({ version: '1.9.0-beta.1+7', build: 'ba9876543210' }, OURS)).toEqual([
    '/opt/berth/1.9.0-beta.1+7-ba9876543210/bin/node',
    '--flag',
    '/opt/berth/1.9.0-beta.1+7-ba9876543210/runtime.cjs',
  ])
})

it.each([
  { version: '../../home/workspace/evil', build: 'ba9876543210' },
  { version: '..', build: 'ba9876543210' },
  { version: '1.0.0', build: '../../../x' },
  { version: '1.0.0\n', build: 'ba9876543210' },
  { version: '', build: 'ba9876543210' },
  { version: '1.0.0', build: undefined },
])('starts nothing that is not in the volume: %j', (stamp) => {
  expect(commandOf(stamp, OURS)).toBeUndefined()
})
