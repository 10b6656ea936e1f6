import { describe, expect, it } from 'vitest'
import { followModifiers, isWalking, nextOfWalk, onWalkEnd } from './walk.ts'

const page = new EventTarget()
followModifiers({ addEventListener: page.addEventListener.bind(page) } as Pick<Window, 'addEventListener'>)
const key = (type: 'keydown' | 'keyup', modifiers: { ctrlKey: boolean }): void =>
  void page.dispatchEvent(Object.assign(new Event(type), { metaKey: false, ...modifiers }))

const order = () => ['local', 'atlas', 'studio']

describe('switching again while the modifier is down', () => {
  it('goes on through the order of the first press and around', () => {
    key('keydown', { ctrlKey: true })
    expect([nextOfWalk(order), nextOfWalk(() => []), nextOfWalk(() => [])]).toEqual(['atlas', 'studio', 'local'])
    expect(isWalking()).toBe(true)
  })

  it('ends with the modifier, and the next press begins anew', () => {
    let ended = 0
    const stop = onWalkEnd(() => {
      ended += 1
    })
    key('keyup', { ctrlKey: false })
    stop()
    expect([isWalking(), ended]).toEqual([false, 1])
    key('keydown', { ctrlKey: true })
    expect(nextOfWalk(order)).toBe('atlas')
    page.dispatchEvent(new Event('blur'))
    expect(isWalking()).toBe(false)
  })

  it('is one step where no modifier is down, and none where there is no other worker', () => {
    expect(nextOfWalk(order)).toBe('atlas')
    expect(isWalking()).toBe(false)
    expect(nextOfWalk(() => ['local'])).toBeUndefined()
  })
})
