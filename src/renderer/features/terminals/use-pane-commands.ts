import { useCommand } from '../../commands/context.ts'
import type { LiveTerminal } from './live-terminal.ts'
import type { TerminalScreen } from './terminal-screen.ts'

/**
 * The commands of what is inside one pane, for the terminal that `current` gives when one is asked for. `missing` is why
 * there is none.
 */
export function usePaneCommands(current: () => LiveTerminal | undefined, missing: string | undefined): void {
  const inScreen = (run: (screen: TerminalScreen) => void) => (): void => {
    const screen = current()?.read().screen
    if (screen !== undefined) run(screen)
  }
  useCommand(
    'find',
    inScreen(({ search }) => search.open()),
    missing,
  )
}
