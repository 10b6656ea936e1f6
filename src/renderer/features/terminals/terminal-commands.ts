import { useCommand } from '../../commands/context.ts'
import { copyText, readClipboard } from '../../platform/clipboard.ts'
import { strings } from '../../strings/index.ts'
import { showToast } from '../../ui/toast-store.ts'
import { terminalRegistry } from './terminal-registry.ts'
import { tabId } from './terminal-tabs.tsx'
import { usePaneCommands } from './use-pane-commands.ts'
import type { TerminalTab } from './use-terminals.ts'

type TerminalCommandsInput = {
  tabs: readonly TerminalTab[]
  active: string | undefined
  open: () => void
  activate: (id: string) => void
  close: (id: string) => void
}

/** Carries out the commands of terminals while the terminals of a workspace are on the screen. */
export function useTerminalCommands({ tabs, active, open, activate, close }: TerminalCommandsInput): void {
  const missing = active === undefined ? strings.commands.unavailable.noTerminal : undefined
  const withActive = (run: (id: string) => void) => (): void => {
    if (active !== undefined) run(active)
  }
  const terminal = () => (active === undefined ? undefined : terminalRegistry.find(active))
  const step = (by: number) => (): void => {
    const index = tabs.findIndex((tab) => tab.id === active)
    const next = tabs[(index + by + tabs.length) % tabs.length]
    if (next !== undefined) activate(next.id)
  }
  usePaneCommands(terminal, missing)
  useCommand('new-terminal', open)
  useCommand('close-terminal', withActive(close), missing)
  useCommand('next-terminal', step(1), missing)
  useCommand('previous-terminal', step(-1), missing)
  useCommand('focus-terminal', () => terminal()?.focus(), missing)
  useCommand(
    'leave-terminal',
    withActive((id) => document.getElementById(tabId(id))?.focus()),
    missing,
  )
  useCommand('clear-scrollback', () => terminal()?.clear(), missing)
  useCommand('page-up', () => terminal()?.scroll('page-up'), missing)
  useCommand('page-down', () => terminal()?.scroll('page-down'), missing)
  useCommand('scroll-top', () => terminal()?.scroll('top'), missing)
  useCommand('scroll-bottom', () => terminal()?.scroll('bottom'), missing)
  useCommand('copy', () => void copySelection(terminal()?.selection() ?? ''), missing)
  useCommand('paste', () => void pasteInto((text) => terminal()?.paste(text)), missing)
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
