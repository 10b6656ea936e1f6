import type { ITheme } from '@xterm/xterm'
import { mix } from '../../../ui/contrast.ts'

/** How far the ground of a match stands from the background; text of the foreground's colour stays readable on it. */
const GROUND_SHARE = 0.3
const EDGE_SHARE = 0.65

/** Colours of what a search found: a ground and an edge for each, the edge strongest around the one that is gone to. */
export function searchColours({ background = '#000000', foreground = '#ffffff', selectionBackground }: ITheme) {
  const ground = mix(background, foreground, GROUND_SHARE)
  const edge = mix(background, foreground, EDGE_SHARE)
  return {
    matchBackground: ground,
    matchBorder: edge,
    matchOverviewRuler: edge,
    // The one that is gone to is also selected, and wears the selection's colours.
    activeMatchBackground: selectionBackground ?? ground,
    activeMatchBorder: foreground,
    activeMatchColorOverviewRuler: foreground,
  }
}
