/**
 * Switching again while the modifier is still down goes on to the next worker, as windows are switched: the order is that of the
 * first press, and what is passed on the way does not count as looked at.
 */
type Walk = { order: readonly string[]; at: number }

let walk: Walk | undefined
let isModifierDown = false
const endings = new Set<() => void>()

export const isWalking = (): boolean => walk !== undefined

/** The worker after the one where the walk stands; undefined where there is no other. `orderNow` is asked where none is under way. */
export function nextOfWalk(orderNow: () => readonly string[]): string | undefined {
  const { order, at } = walk ?? { order: orderNow(), at: 0 }
  if (order.length < 2) return undefined
  const next = (at + 1) % order.length
  // Without a held modifier (by the palette, the leader, a menu) nothing would end it.
  if (isModifierDown) walk = { order, at: next }
  return order[next]
}

/** Called each time that a walk has ended where it stands. Returns the way to stop. */
export function onWalkEnd(listener: () => void): () => void {
  endings.add(listener)
  return () => void endings.delete(listener)
}

/** Follows the modifiers of a page as long as it stands. */
export function followModifiers(page: Pick<Window, 'addEventListener'>): void {
  const end = (): void => {
    isModifierDown = false
    if (walk === undefined) return
    walk = undefined
    for (const listener of endings) listener()
  }
  const look = ({ ctrlKey, metaKey }: KeyboardEvent): void => {
    if (ctrlKey || metaKey) isModifierDown = true
    else end()
  }
  page.addEventListener('keydown', look, { capture: true })
  page.addEventListener('keyup', look, { capture: true })
  page.addEventListener('blur', end)
}
