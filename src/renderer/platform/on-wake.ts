/**
 * Calls `woken` when links may be others than before: the computer or the page woke, or a network was found. Then nothing
 * should wait for its next attempt, and what seems alive is worth a question.
 */
export function onWake(page: Window, woken: () => void): void {
  const shown = (): void => {
    if (page.document.visibilityState === 'visible') woken()
  }
  page.addEventListener('online', woken)
  page.addEventListener('pageshow', woken)
  page.document.addEventListener('resume', woken)
  page.document.addEventListener('visibilitychange', shown)
}
