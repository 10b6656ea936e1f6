import { expect, test } from 'vitest'
import { troubleOf } from './keychain.ts'

test.each([
  ['Platform failure: DBus error: Failed to connect to socket /run/user/1/bus: No such file or directory', 'absent'],
  ["Couldn't access platform storage: Secret Service: no result found", 'absent'],
  ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'locked'],
  ['User interaction is not allowed.', 'locked'],
  ['something new', 'failed'],
])('%s: %s', (message, trouble) => {
  expect(troubleOf(message)).toBe(trouble)
})
