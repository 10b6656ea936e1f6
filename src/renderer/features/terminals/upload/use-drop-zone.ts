import { type DragEvent, useState } from 'react'
import { type DroppedFiles, droppedFiles, holdsFiles } from './dropped-files.ts'

/** Makes an element take files as long as there is a `take`: whether some hang over it, and what to put on the element. */
export function useDropZone(take: ((dropped: DroppedFiles) => void) | undefined) {
  const [isOver, setOver] = useState(false)
  const takes = (event: DragEvent): boolean =>
    // What is drawn elsewhere, as a dialog is, is not the element for being its child.
    take !== undefined && holdsFiles(event.dataTransfer) && isWithin(event, event.target)
  const handlers = {
    onDragOver: (event: DragEvent): void => {
      const willTake = takes(event)
      setOver(willTake)
      if (!willTake) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
    },
    onDragLeave: (event: DragEvent): void => {
      if (!isWithin(event, event.relatedTarget)) setOver(false)
    },
    onDrop: (event: DragEvent): void => {
      setOver(false)
      if (!takes(event)) return
      event.preventDefault()
      take?.(droppedFiles(event.dataTransfer))
    },
  }
  return { isOver: isOver && take !== undefined, handlers }
}

const isWithin = ({ currentTarget }: DragEvent, target: EventTarget | null): boolean =>
  target instanceof Node && currentTarget.contains(target)
