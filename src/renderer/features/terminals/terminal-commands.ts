import { useCommand } from '../../commands/context.ts'
import { copyText, readClipboard } from '../../platform/clipboard.ts'
import { strings } from '../../strings/index.ts'
import { showToast } from '../../ui/toast-store.ts'
import { type ArrangementCommands, useArrangementCommands } from './arrangement-commands.ts'
import type { Tab } from './layout/layout.ts'
import { terminalsIn } from './layout/pane-tree.ts'
import { terminalRegistry } from './terminal-registry.ts'
import { tabId } from './terminal-tabs.tsx'
import type { Closing } from './use-closing.tsx'
import { usePaneCommands, useUploadCommand } from './use-pane-commands.ts'

type TerminalCommandsInput = ArrangementCommands & { closing: Closing; canUpload: boolean }

/** Carries out the commands of terminals while the terminals of a workspace are on the screen. */
export function useTerminalCommands(input: TerminalCommandsInput): void {
  const { tab, actions, closing } = input
  const { terminal, missing } = currentOf(tab)
  useArrangementCommands(input)
  useReadingCommands(tab)
  useUploadCommand(terminal, missing ?? (input.canUpload ? undefined : strings.commands.unavailable.noUpload))
  useCommand('new-terminal', actions.open)
  useCommand('close-terminal', () => (tab === undefined ? undefined : closing.close([tab.current])), missing)
  useCommand('close-tab', () => (tab === undefined ? undefined : closing.close(terminalsIn(tab.tree))), missing)
  useCommand(
    'keep-in-background',
    () => {
      if (tab === undefined) return
      closing.toBackground([tab.current])
      actions.focusCurrent()
    },
    missing,
  )
  useCommand('clear-scrollback', () => terminal()?.clear(), missing)
  useCommand('paste', () => void pasteInto((text) => terminal()?.paste(text)), missing)
}

/** Carries out the commands that change nothing: what has ended can be read as what runs can. */
export function useReadingCommands(tab: Tab | undefined): void {
  const { terminal, missing } = currentOf(tab)
  usePaneCommands(terminal, missing)
  // What was open over the page gives the keyboard back first.
  useCommand('focus-terminal', () => void requestAnimationFrame(() => terminal()?.focus()), missing)
  useCommand(
    'leave-terminal',
    () => {
      if (tab !== undefined) document.getElementById(tabId(tab.id))?.focus()
    },
    missing,
  )
  useCommand('page-up', () => terminal()?.scroll('page-up'), missing)
  useCommand('page-down', () => terminal()?.scroll('page-down'), missing)
  useCommand('scroll-top', () => terminal()?.scroll('top'), missing)
  useCommand('scroll-bottom', () => terminal()?.scroll('bottom'), missing)
  useCommand('copy', () => void copySelection(terminal()?.selection() ?? ''), missing)
}

/** The terminal of a tab that has the keyboard, when it is asked for, and why there is none. */
function currentOf(tab: Tab | undefined) {
  return {
    terminal: () => (tab === undefined ? undefined : terminalRegistry.find(tab.current)),
    missing: tab === undefined ? strings.commands.unavailable.noTerminal : undefined,
  }
}

async function copySelection(text: string): Promise<void> {
  if (text === '') {
    showToast({ kind: 'waiting', title: strings.terminals.copyEmpty })
    return
  }
  if (!(await copyText(text))) showToast({ kind: 'failed', title: strings.common.copyFailed })
}

async function pasteInto(paste: (text: string) => void): Promise<void> {
  const text = await readClipboard()
  if (text === undefined) showToast({ kind: 'waiting', title: strings.terminals.pasteBlocked })
  else paste(text)
}
