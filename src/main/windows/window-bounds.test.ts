import { describe, expect, it } from 'vitest'
import { type DisplayArea, placeWindow, rememberWindow } from './window-bounds.ts'

const laptop: DisplayArea = { id: '1', workArea: { x: 0, y: 25, width: 1440, height: 875 }, primary: true }
const desk: DisplayArea = { id: '2', workArea: { x: 1440, y: 0, width: 2560, height: 1440 }, primary: false }

describe('placeWindow', () => {
  it('opens in the middle of the primary display at the first start', () => {
    expect(placeWindow(undefined, [desk, laptop])).toEqual({
      bounds: { x: 80, y: 63, width: 1280, height: 800 },
      maximized: false,
    })
  })

  it('comes back to the display that it was last on', () => {
    const bounds = { x: 2000, y: 100, width: 1600, height: 1000 }
    const saved = rememberWindow(undefined, '2', { bounds, maximized: true })
    expect(placeWindow(saved, [laptop, desk])).toEqual({ bounds, maximized: true })
  })

  it('takes its place on the primary display when the last one is gone', () => {
    const onLaptop = { x: 10, y: 30, width: 1000, height: 700 }
    const first = rememberWindow(undefined, '1', { bounds: onLaptop, maximized: false })
    const saved = rememberWindow(first, '2', { bounds: { ...onLaptop, x: 2000 }, maximized: false })
    expect(placeWindow(saved, [laptop]).bounds).toEqual(onLaptop)
  })

  it('is never outside the display, nor smaller than the screens allow, nor larger than the display', () => {
    const far = rememberWindow(undefined, '1', {
      bounds: { x: -4000, y: 9000, width: 5000, height: 100 },
      maximized: false,
    })
    expect(placeWindow(far, [laptop]).bounds).toEqual({ x: 0, y: 420, width: 1440, height: 480 })
  })

  it('fits a display that is smaller than the minimum', () => {
    const tiny: DisplayArea = { id: '3', workArea: { x: 0, y: 0, width: 640, height: 400 }, primary: true }
    expect(placeWindow(undefined, [tiny]).bounds).toEqual({ x: 0, y: 0, width: 640, height: 400 })
  })
})

describe('rememberWindow', () => {
  it('keeps the 16 displays used last', () => {
    const placement = { bounds: { x: 0, y: 0, width: 800, height: 600 }, maximized: false }
    let saved = rememberWindow(undefined, 'd0', placement)
    for (let index = 1; index <= 20; index += 1) saved = rememberWindow(saved, `d${index}`, placement)
    expect(Object.keys(saved.displays)).toHaveLength(16)
    expect(saved.displays['d20']).toEqual(placement)
    expect(saved.displays['d4']).toBeUndefined()
  })
})
