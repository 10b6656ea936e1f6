import { useCommand } from '../../commands/context.ts'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import { showToast } from '../../ui/toast-store.ts'
import type { LiveTerminal } from './live-terminal.ts'
import type { Command } from './shell/command-log.ts'
import { endingSentence } from './shell/command-words.ts'
import type { ShellCommands } from './shell/shell-commands.ts'
import type { TerminalScreen } from './terminal-screen.ts'
import { chooseFiles } from './upload/dropped-files.ts'

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
  useCommand(
    'open-link',
    inScreen(({ links }) => links.list()),
    missing,
  )
  useCommand(
    'readable-view',
    inScreen(({ reading }) => reading.set(true)),
    missing,
  )
  useCommand('show-connection', () => current()?.details.set(true), missing)
  useCommand(
    'previous-command',
    inScreen(({ commands }) => tellCommand(commands, commands.go(-1))),
    missing,
  )
  useCommand(
    'next-command',
    inScreen(({ commands }) => tellCommand(commands, commands.go(1))),
    missing,
  )
  useCommand(
    'select-output',
    inScreen(({ commands }) => tellCommand(commands, commands.selectOutput())),
    missing,
  )
}

/** Files for a terminal, chosen instead of dropped. */
export function useUploadCommand(current: () => LiveTerminal | undefined, missing: string | undefined): void {
  const upload = (): void => {
    const terminal = current()
    if (terminal?.read().state.status !== 'live') {
      showToast({ kind: 'waiting', title: strings.terminals.upload.notLive })
      return
    }
    chooseFiles((chosen) => {
      terminal.read().screen?.uploads.add(chosen)
      terminal.focus()
    })
  }
  useCommand('upload-files', upload, missing)
}

/** Scrolling says nothing to a screen reader: which command it is, is said. */
function tellCommand(commands: ShellCommands, command: Command | undefined): void {
  if (command !== undefined) announce(endingSentence(command, commands.lineOf(command)))
  else if (commands.finished().length === 0) showToast({ kind: 'waiting', title: strings.terminals.commands.none })
}
