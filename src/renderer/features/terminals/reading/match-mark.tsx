import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** A place in a text, and how many characters from there. */
export type Match = { place: number; length: number }

type MatchMarkProps = {
  area: RefObject<HTMLTextAreaElement | null>
  text: string
  match: Match
}

/**
 * What a search has gone to, marked over the text: browsers show a selection only where the keyboard is, and that is in the
 * search. It is the line's own letters in their places, of which only the match is seen.
 */
export function MatchMark({ area, text, match }: MatchMarkProps) {
  const mark = useRef<HTMLElement>(null)
  const { left, top } = useScrolled(area)
  // A match far along its line is brought into sight.
  useLayoutEffect(() => {
    if (area.current === null || mark.current === null) return
    const { offsetLeft, offsetWidth } = mark.current
    const { clientWidth, scrollLeft } = area.current
    const isSeen = offsetLeft >= scrollLeft && offsetLeft + offsetWidth <= scrollLeft + clientWidth
    if (!isSeen) area.current.scrollTo({ left: Math.max(0, offsetLeft - clientWidth / 2) })
  }, [area, match])
  const before = text.slice(0, match.place).split('\n')
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-0 overflow-hidden p-2 font-mono text-body whitespace-pre"
    >
      <div className="relative" style={{ translate: `${-left}px calc(${before.length - 1} * 1lh - ${top}px)` }}>
        <span className="invisible">{before.at(-1)}</span>
        <mark ref={mark} className="rounded-sm bg-selected text-fg outline outline-accent">
          {text.slice(match.place, match.place + match.length)}
        </mark>
      </div>
    </div>
  )
}

/** How far the area is scrolled, in pixels. */
function useScrolled(area: RefObject<HTMLTextAreaElement | null>): { left: number; top: number } {
  const [scrolled, setScrolled] = useState({ left: 0, top: 0 })
  useEffect(() => {
    const element = area.current
    if (element === null) return
    const note = (): void => setScrolled({ left: element.scrollLeft, top: element.scrollTop })
    note()
    element.addEventListener('scroll', note)
    return () => element.removeEventListener('scroll', note)
  }, [area])
  return scrolled
}
