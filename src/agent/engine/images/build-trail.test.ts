import { expect, it } from 'vitest'
import { BuildTrail } from './build-trail.ts'

it('ends at the last image that the build itself has made', () => {
  const trail = new BuildTrail()
  const read = (...lines: string[]): string | undefined => {
    for (const line of lines) trail.read(line)
    return trail.last
  }
  expect(read('Step 1/4 : FROM debian', ' ---> 00000000000f')).toBeUndefined()
  expect(read('Step 2/4 : RUN a', ' ---> Using cache', ' ---> 00000000000a')).toBeUndefined()
  const ran = [' ---> Running in 111111111111', 'Removing intermediate container 111111111111', ' ---> 00000000000b']
  expect(read('Step 3/4 : RUN b', ...ran)).toBe('00000000000b')
  expect(read('Step 4/4 : RUN false', ' ---> Running in 222222222222')).toBe('00000000000b')
})
