import { expect, test } from 'vitest'
import { createPermits } from './permits.ts'

test('no more than so many work at once, the next in the order in which they came, also after one that failed', async () => {
  const permits = createPermits(2)
  const begun: number[] = []
  const ends: ((error?: Error) => void)[] = []
  const works = [0, 1, 2, 3].map((number) =>
    permits(() => {
      begun.push(number)
      return new Promise((resolve, reject) => {
        ends[number] = (error) => (error === undefined ? resolve() : reject(error))
      })
    }),
  )
  const settled = Promise.allSettled(works)
  await expect.poll(() => begun).toEqual([0, 1])
  ends[1]?.(new Error('broken'))
  await expect.poll(() => begun).toEqual([0, 1, 2])
  ends[0]?.()
  await expect.poll(() => begun).toEqual([0, 1, 2, 3])
  for (const end of ends) end()
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
})
