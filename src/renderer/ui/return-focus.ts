import { useState } from 'react'

/**
 * Gives the focus back when a dialog closes: to what had it when the dialog opened or, where that is gone, to its
 * neighbour in the tree, else to the heading of the page. (Radix gives it to a trigger alone, and ours have none.)
 */
export function useReturnFocus(afterwards?: () => void): (event: Event) => void {
  const [opener] = useState(() => document.activeElement)
  return (event) => {
    event.preventDefault()
    const target = survivorOf(opener)
    target?.focus()
    afterwards?.()
  }
}

function survivorOf(opener: Element | null): HTMLElement | null {
  if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) return opener
  const row = '[role=treeitem][tabindex="0"]'
  const neighbour = opener?.matches('[role=treeitem]') === true ? document.querySelector<HTMLElement>(row) : null
  return neighbour ?? document.querySelector<HTMLElement>('main h1')
}
