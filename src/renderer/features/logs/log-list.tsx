import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { useEffect, useRef } from 'react'
import { strings } from '../../strings/index.ts'
import type { ShownLine } from './log-lines.ts'

const LINE_PX = 20
const OVERSCAN_LINES = 30
/** So near to its end, the reader is at the end. */
const END_PX = 24

type LogListProps = {
  name: string
  lines: readonly ShownLine[]
  /** Stays at the end as lines come. */
  follows: boolean
  /** The reader went to the end, or away from it. */
  onEnd: (isAtEnd: boolean) => void
  /** The line that was found. */
  found: number | undefined
}

/** The lines in sight of a log of any length. */
export function LogList({ name, lines, follows, onEnd, found }: LogListProps) {
  const box = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_PX,
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: OVERSCAN_LINES,
    initialRect: { width: 800, height: 600 },
  })
  const last = lines.at(-1)?.key
  useEffect(() => {
    if (follows && last !== undefined) virtual.scrollToIndex(lines.length - 1, { align: 'end' })
  }, [follows, last, lines.length, virtual])
  useEffect(() => {
    if (found !== undefined) virtual.scrollToIndex(found, { align: 'center' })
  }, [found, virtual])
  return (
    <section
      ref={box}
      aria-label={strings.logs.label(name)}
      // A region that scrolls has to be reachable by keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onWheel={() => onEnd(isAtEnd(box.current))}
      onKeyUp={() => onEnd(isAtEnd(box.current))}
      onPointerUp={() => onEnd(isAtEnd(box.current))}
      className="min-h-0 flex-1 overflow-auto bg-surface py-2 font-mono text-meta select-text focus-inset"
    >
      <ol className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index]
          if (line === undefined) return null
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={lines.length}
              aria-posinset={item.index + 1}
              style={{ transform: `translateY(${item.start}px)` }}
              className={clsx(
                'absolute top-0 left-0 flex w-full items-start gap-3 px-4 leading-5',
                item.index === found ? 'bg-selected outline-2 -outline-offset-2 outline-accent' : '',
              )}
            >
              <LineText line={line} />
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function LineText({ line: { at, source, text } }: { line: ShownLine }) {
  return (
    <>
      <span className="w-18 shrink-0 text-muted">{at === undefined ? '' : timeOf(at)}</span>
      <span className="w-18 shrink-0 text-muted max-narrow:hidden">{strings.logs.source[source]}</span>
      <span className="min-w-0 flex-1 break-words whitespace-pre-wrap">{text}</span>
    </>
  )
}

const isAtEnd = (box: HTMLElement | null): boolean =>
  box === null || box.scrollHeight - box.scrollTop - box.clientHeight < END_PX

function timeOf(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  })
}
