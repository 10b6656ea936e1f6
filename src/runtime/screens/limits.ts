/** Lines above the screen that are kept. */
export const SCROLLBACK_LINES = 10_000
