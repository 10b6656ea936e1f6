import { expect, onTestFinished, test } from 'vitest'
import { catches, hasHeardStop, sayStopHeard } from './heard-stop.ts'

test('the mask of a process is read bit by bit; where there is none, it catches nothing', () => {
  const status = 'Name:\tnode\nSigIgn:\t0000000000000800\nSigCgt:\t0000000100004a02\nCapInh:\t0'
  expect(catches(status, 'SIGTERM')).toBe(true)
  expect(catches(status, 'SIGINT')).toBe(true)
  expect(catches(status, 'SIGUSR2')).toBe(true)
  expect(catches(status, 'SIGHUP')).toBe(false)
  expect(catches('Name:\tnode', 'SIGTERM')).toBe(false)
})

test('a process has heard once it says so, and one that has gone waits for nothing', () => {
  onTestFinished(() => void process.removeAllListeners('SIGUSR2'))
  expect(hasHeardStop(process.pid)).toBe(false)
  sayStopHeard()
  expect(hasHeardStop(process.pid)).toBe(true)
  expect(hasHeardStop(2 ** 30)).toBe(true)
})
