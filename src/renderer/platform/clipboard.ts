/**
 * Copies text. Over plain HTTP a page has no Clipboard API, so the old way is tried too. False where both are refused.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Not a secure context, or refused: `undefined.writeText` throws as well.
    return copyBySelection(text)
  }
}

/** The text of the clipboard, or undefined where the browser does not let a page read it. */
export async function readClipboard(): Promise<string | undefined> {
  try {
    return await navigator.clipboard.readText()
  } catch {
    return undefined
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'sr-only'
  // Inside an open dialog: outside it, the focus trap would take the focus back before the copy.
  const home = document.querySelector('[role=dialog]') ?? document.body
  home.append(area)
  area.select()
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- over plain HTTP there is no other way
  const copied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
