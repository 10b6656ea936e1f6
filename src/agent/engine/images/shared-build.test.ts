import { expect, it, vi } from 'vitest'
import { SharedBuilds, type Waiter } from './shared-build.ts'

const waiting = (signal = new AbortController().signal): Waiter => ({ onProgress: () => undefined, signal })

function later<T>() {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** A build that goes on until it is ended or told to be done, and takes its time to clean up. */
function slowBuild() {
  const started = vi.fn()
  const done = later<string>()
  const cleanedUp = later<true>()
  const build = async ({ signal }: Waiter): Promise<string> => {
    started()
    const ended = new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('ended')))
    const result = await Promise.race([done.promise, ended])
    if (result === 'ended') {
      await cleanedUp.promise
      throw new Error('The build was ended.')
    }
    return result
  }
  return { build, started, done, cleanedUp }
}

it('is shared by all who ask for the same one while it runs', async () => {
  const builds = new SharedBuilds()
  const { build, started, done } = slowBuild()
  const both = [builds.join('image', waiting(), build), builds.join('image', waiting(), build)]
  await vi.waitFor(() => expect(started).toHaveBeenCalled())
  done.resolve('made')
  expect(await Promise.all(both)).toEqual(['made', 'made'])
  expect(started).toHaveBeenCalledTimes(1)
})

it('is begun anew for one who asks while the one before is being ended', async () => {
  const builds = new SharedBuilds()
  const first = slowBuild()
  const impatient = new AbortController()
  const left = builds.join('image', waiting(impatient.signal), first.build)
  await vi.waitFor(() => expect(first.started).toHaveBeenCalled())
  impatient.abort(new Error('cancelled'))
  await expect(left).rejects.toThrow('cancelled')

  const second = slowBuild()
  const next = builds.join('image', waiting(), second.build)
  first.cleanedUp.resolve(true)
  await vi.waitFor(() => expect(second.started).toHaveBeenCalled())
  expect(builds.isUnderWay('image')).toBe(true)
  second.done.resolve('made')
  expect(await next).toBe('made')
  expect(builds.isUnderWay('image')).toBe(false)
})
