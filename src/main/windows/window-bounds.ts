import { z } from 'zod'

export const Rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
})
export type Rectangle = z.infer<typeof Rectangle>

/** Where the window stood, on each display that it was ever on, by the display's id. */
export const SavedWindow = z.object({
  lastDisplay: z.string(),
  displays: z.record(z.string(), z.object({ bounds: Rectangle, maximized: z.boolean() })),
})
export type SavedWindow = z.infer<typeof SavedWindow>

export interface DisplayArea {
  id: string
  /** What is free of docks and panels. */
  workArea: Rectangle
  primary: boolean
}

/** Smallest window that the screens are made for, and the one that a first start opens, in CSS pixels. */
export const MINIMUM_SIZE = { width: 720, height: 480 } as const
const DEFAULT_SIZE = { width: 1280, height: 800 } as const
/** Displays come and go (docks, projectors); this many are remembered. */
const MAX_DISPLAYS = 16

/**
 * Where to open the window: where it was on the display that it was last on; when that is not there now, where it was
 * on the primary one; else in the middle of that. Always wholly inside a display that is there.
 */
export function placeWindow(saved: SavedWindow | undefined, displays: readonly DisplayArea[]): Placement {
  const last = displays.find((display) => display.id === saved?.lastDisplay)
  const target = last ?? displays.find((display) => display.primary) ?? displays[0]
  if (target === undefined) return { bounds: { x: 0, y: 0, ...DEFAULT_SIZE }, maximized: false }
  const remembered = saved?.displays[target.id]
  if (remembered === undefined) return { bounds: fitInto(centred(target.workArea), target.workArea), maximized: false }
  return { bounds: fitInto(remembered.bounds, target.workArea), maximized: remembered.maximized }
}

export interface Placement {
  bounds: Rectangle
  maximized: boolean
}

/** `saved` with the window's present place on `display`. */
export function rememberWindow(saved: SavedWindow | undefined, display: string, placement: Placement): SavedWindow {
  const others = Object.entries(saved?.displays ?? {}).filter(([id]) => id !== display)
  return {
    lastDisplay: display,
    displays: Object.fromEntries([...others.slice(1 - MAX_DISPLAYS), [display, placement]]),
  }
}

function centred(area: Rectangle): Rectangle {
  return {
    x: Math.round(area.x + (area.width - DEFAULT_SIZE.width) / 2),
    y: Math.round(area.y + (area.height - DEFAULT_SIZE.height) / 2),
    ...DEFAULT_SIZE,
  }
}

function fitInto(bounds: Rectangle, area: Rectangle): Rectangle {
  const width = clamp(bounds.width, Math.min(MINIMUM_SIZE.width, area.width), area.width)
  const height = clamp(bounds.height, Math.min(MINIMUM_SIZE.height, area.height), area.height)
  return {
    x: clamp(bounds.x, area.x, area.x + area.width - width),
    y: clamp(bounds.y, area.y, area.y + area.height - height),
    width,
    height,
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
