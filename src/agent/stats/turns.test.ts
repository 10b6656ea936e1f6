import { expect, it } from 'vitest'
import { ManualClock, settle } from '../../../test/support/manual-clock.ts'
import { takeTurns } from './turns.ts'

it('does one after the other, and waits for none that does not end', async () => {
  const clock = new ManualClock()
  const inTurn = takeTurns({ patienceMs: 10_000, clock })
  const did: string[] = []
  const work = (name: string, ends: Promise<void>) => async (): Promise<void> => {
    did.push(`${name} begins`)
    await ends
    did.push(`${name} ends`)
  }
  void inTurn(work('quick', settle()))
  let end = (): void => undefined
  const hostile = inTurn(work('hostile', new Promise((resolve) => (end = resolve))))
  const failed = expect(inTurn(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  const last = inTurn(work('last', Promise.resolve()))
  await settle()
  expect(did).toEqual(['quick begins', 'quick ends', 'hostile begins'])
  await clock.advance(10_000)
  await failed
  await last
  end()
  await hostile
  expect(did.slice(3)).toEqual(['last begins', 'last ends', 'hostile ends'])
})
