/** Whether the keyboard is nowhere in particular: on the page itself, its heading, or what the page offers first. */
export function isFocusIdle(): boolean {
  const focused = document.activeElement
  return focused === null || focused === document.body || focused.matches('main h1, main [data-focus-target]')
}
