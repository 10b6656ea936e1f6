import clsx from 'clsx'
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { strings } from '../../strings/index.ts'
import type { Divider } from './layout/pane-geometry.ts'
import type { Axis } from './layout/pane-tree.ts'
import { paneId } from './pane-frame.tsx'

type PaneDividerProps = {
  divider: Divider
  /** Names the terminals before it. */
  label: string
  onMove: (value: number) => void
  /** The keyboard asks for the divider of the other axis that is next to the same terminal. */
  onTurn: (axis: Axis) => void
  onLeave: () => void
}

export const dividerId = ({ path, index }: Pick<Divider, 'path' | 'index'>): string =>
  `terminal-divider-${[...path, index].join('-')}`

const STEP = 0.02
const LONG_STEP = 0.1

/** How far a key moves a divider along its axis: undefined where it is no key for that. */
function stepOf({ key, shiftKey }: KeyboardEvent, axis: Axis): number | undefined {
  const step = shiftKey ? LONG_STEP : STEP
  const [back, forth] = axis === 'row' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
  return key === back ? -step : key === forth ? step : undefined
}

/** The line between two terminals. It is dragged, or moved by arrow keys once the keyboard is on it. */
export function PaneDivider({ divider, label, onMove, onTurn, onLeave }: PaneDividerProps) {
  const { axis, from, to, value, min, max } = divider
  const line = useRef<HTMLDivElement>(null)
  const drag = (event: PointerEvent): void => {
    const tab = line.current?.parentElement?.getBoundingClientRect()
    if (tab === undefined || line.current?.hasPointerCapture(event.pointerId) !== true) return
    const at = axis === 'row' ? (event.clientX - tab.left) / tab.width : (event.clientY - tab.top) / tab.height
    onMove((at - from) / (to - from))
  }
  const press = (event: KeyboardEvent): void => {
    const step = stepOf(event, axis)
    if (step !== undefined) onMove(value + step)
    else if (event.key === 'Home') onMove(min)
    else if (event.key === 'End') onMove(max)
    else if (event.key === 'Enter' || event.key === 'Escape') onLeave()
    else if (event.key.startsWith('Arrow')) onTurn(axis === 'row' ? 'column' : 'row')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved; `hr` cannot
    <div
      ref={line}
      id={dividerId(divider)}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-controls={divider.before.map(paneId).join(' ')}
      aria-orientation={axis === 'row' ? 'vertical' : 'horizontal'}
      aria-valuenow={inPercent(value)}
      aria-valuemin={inPercent(min)}
      aria-valuemax={inPercent(max)}
      aria-valuetext={strings.terminals.dividerAt(inPercent(value))}
      style={placeOf(divider)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={drag}
      onKeyDown={press}
      className={clsx('pane-divider', axis === 'row' ? 'pane-divider-row' : 'pane-divider-column')}
    />
  )
}

const inPercent = (part: number): number => Math.round(part * 100)

function placeOf({ axis, box, from, to, value }: Divider): CSSProperties {
  const at = `${(from + value * (to - from)) * 100}%`
  return axis === 'row'
    ? { left: at, top: `${box.top * 100}%`, height: `${box.height * 100}%` }
    : { top: at, left: `${box.left * 100}%`, width: `${box.width * 100}%` }
}
