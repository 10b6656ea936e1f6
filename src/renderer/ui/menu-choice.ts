import { useRef } from 'react'

/**
 * What is chosen in a menu is done when the menu has closed, in place of giving the focus back to its button: it may open a
 * dialog, or put the keyboard elsewhere.
 */
export function useMenuChoice() {
  const chosen = useRef<(() => void) | undefined>(undefined)
  return {
    choose: (run: () => void) => (): void => {
      chosen.current = run
    },
    onCloseAutoFocus: (event: Event): void => {
      const run = chosen.current
      chosen.current = undefined
      if (run === undefined) return
      event.preventDefault()
      run()
    },
  }
}
