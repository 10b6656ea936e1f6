import type { DragEvent } from 'react'
import type { Side } from './layout/pane-tree.ts'

/** What is dragged within a window: a terminal by the head of its pane, or a whole tab. */
const TYPES = { terminal: 'application/x-berth-terminal', tab: 'application/x-berth-tab' } as const
type Dragged = keyof typeof TYPES

export function beginDrag(event: DragEvent, kind: Dragged, id: string): void {
  event.dataTransfer.setData(TYPES[kind], id)
  event.dataTransfer.effectAllowed = 'move'
}

/** Whether something of ours hangs over the element, which may then take it. Files are nothing of ours. */
export function takesDrag(event: DragEvent, ...kinds: readonly Dragged[]): boolean {
  const takes = kinds.some((kind) => event.dataTransfer.types.includes(TYPES[kind]))
  if (!takes) return false
  event.preventDefault()
  event.dataTransfer.dropEffect = 'move'
  return true
}

/** The id of what was dropped, or undefined where it is of another kind. */
export function droppedId(event: DragEvent, kind: Dragged): string | undefined {
  const id = event.dataTransfer.getData(TYPES[kind])
  if (id === '') return undefined
  event.preventDefault()
  return id
}

/** The side of an element that the pointer is nearest to. */
export function sideUnder({ clientX, clientY, currentTarget }: DragEvent): Side {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  const x = (clientX - left) / width
  const y = (clientY - top) / height
  if (Math.min(x, 1 - x) < Math.min(y, 1 - y)) return x < 1 / 2 ? 'left' : 'right'
  return y < 1 / 2 ? 'up' : 'down'
}

/** Whether the pointer is over the first half of an element. */
export function isOverStart({ clientX, currentTarget }: DragEvent): boolean {
  const { left, width } = currentTarget.getBoundingClientRect()
  return clientX < left + width / 2
}
