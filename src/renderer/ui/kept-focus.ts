import { type RefObject, useEffect } from 'react'

const STOPS = 'button, a[href], input, select, textarea'

/** What the keyboard stops at in `box`, in its order. */
const stopsIn = (box: HTMLElement): HTMLElement[] =>
  [...box.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.tabIndex >= 0 && stop.checkVisibility())

const labelOf = (stop: HTMLElement): string => stop.getAttribute('aria-label') ?? stop.textContent

type Stop = {
  element: HTMLElement
  /** Among the stops of the box. */
  place: number
  /** What was pressed before and has gone for this: a question stands in the place of its button. */
  opener: { label: string; place: number } | undefined
}

/**
 * Where what has the keyboard in `box` goes away, the keyboard stays there: a question that stood in the place of a button leaves
 * it to that button, a row to the one that takes its place, and what leaves nothing behind to the box itself, which has to be
 * focusable. Whoever moves the keyboard goes first.
 */
export function useKeptFocus(box: RefObject<HTMLElement | null>): void {
  useEffect(() => (box.current === null ? undefined : keepFocusIn(box.current)), [box])
}

function keepFocusIn(box: HTMLElement): () => void {
  let last: Stop | undefined
  const noteArrival = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return
    last = { element: target, place: stopsIn(box).indexOf(target), opener: openerAfter(last) }
  }
  const noteDeparture = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !box.contains(relatedTarget)) last = undefined
  }
  const observer = new MutationObserver(() => {
    if (last === undefined || last.element.isConnected) return
    if (document.activeElement === document.body) successorOf(last, box).focus()
  })
  box.addEventListener('focusin', noteArrival)
  box.addEventListener('focusout', noteDeparture)
  observer.observe(box, { childList: true, subtree: true })
  return () => {
    observer.disconnect()
    box.removeEventListener('focusin', noteArrival)
    box.removeEventListener('focusout', noteDeparture)
  }
}

/** What the next stop goes back to. */
function openerAfter(last: Stop | undefined): Stop['opener'] {
  if (last === undefined || last.element.isConnected) return last?.opener
  return { label: labelOf(last.element), place: last.place }
}

function successorOf({ place, opener }: Stop, box: HTMLElement): HTMLElement {
  const stops = stopsIn(box)
  const button = opener === undefined ? undefined : stops.find((stop) => labelOf(stop) === opener.label)
  return button ?? stops[opener?.place ?? place] ?? stops.at(-1) ?? box
}
