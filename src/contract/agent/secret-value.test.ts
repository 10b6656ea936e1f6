import { describe, expect, it } from 'vitest'
import { EnvironmentPatch, MASK, MaskedValue, maskValue } from './secret-value.ts'

describe('a masked value', () => {
  it.each([
    ['', MASK],
    ['fifteen letters', MASK],
    ['sixteen letters!', `${MASK}ers!`],
    ['sk-ant-0123456789abcdef', `${MASK}cdef`],
    ['0123456789abc👩\n\u001b👩', `${MASK}👩\n\u001b👩`],
  ])('of %j is %j', (value, masked) => {
    expect(maskValue(value)).toBe(masked)
    expect(MaskedValue.safeParse(masked).success).toBe(true)
  })

  it('is refused where a value is to be stored, and nothing else is', () => {
    const stores = (value: string | null): boolean => EnvironmentPatch.safeParse({ KEY: value }).success
    expect([stores(MASK), stores(`${MASK}cdef`)]).toEqual([false, false])
    expect([stores('•••'), stores(`${MASK} and more`), stores(''), stores(null)]).toEqual([true, true, true, true])
  })
})
