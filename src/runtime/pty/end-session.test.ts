import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { endSession } from './end-session.ts'
import { readProcess } from './processes.ts'

it('ends a session by its leader, and leaves alone who has its number now', async () => {
  const program = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
  const ended = once(program, 'exit')
  await once(program, 'spawn')
  const { pid = 0 } = program
  const leaderStart = readProcess(pid)?.startTime ?? ''
  expect(await endSession(pid, { leaderStart: '1' })).toEqual({ left: [] })
  expect(readProcess(pid)).toMatchObject({ startTime: leaderStart, isZombie: false })
  expect(await endSession(pid, { leaderStart })).toEqual({ left: [] })
  expect(await ended).toEqual([null, 'SIGHUP'])
})
