import { useEffect, useMemo } from 'react'
import { claimOf } from '../../commands/command-center.ts'
import { useKeyboard } from '../../commands/context.ts'
import { useAppearance, usePlatform, useSettings } from '../../platform/context.ts'
import type { Worker } from '../../worker/workers.ts'
import type { LiveTerminal } from './live-terminal.ts'
import { isNativeClipboardKey } from './native-clipboard.ts'
import type { TerminalLook } from './terminal-look.ts'
import { terminalRegistry } from './terminal-registry.ts'
import { terminalLook } from './terminal-themes.ts'
import type { TerminalTab } from './use-terminals.ts'

/** The settings and the theme as terminals need them; all that are open follow a change. */
export function useTerminalLook(): TerminalLook {
  const appearance = useAppearance()
  const { terminalFontSize, screenReader } = useSettings()
  const look = useMemo(
    () => ({ ...terminalLook(appearance), fontSize: terminalFontSize, screenReaderMode: screenReader }),
    [appearance, terminalFontSize, screenReader],
  )
  useEffect(() => terminalRegistry.restyle(look), [look])
  return look
}

/** The terminal of a tab: found where it lives outside React, or opened. */
export function useLiveTerminal(at: { worker: Worker; workspace: string; tab: TerminalTab }): LiveTerminal {
  const { worker, workspace, tab } = at
  const { openExternal } = usePlatform()
  const keyboard = useKeyboard()
  const look = useTerminalLook()
  const isNew = tab.record === undefined
  // Asking again finds the same terminal.
  return useMemo(
    () =>
      terminalRegistry.obtain(
        { worker: worker.id, workspace },
        {
          client: worker.client,
          workspace,
          id: tab.id,
          create: isNew ? {} : undefined,
          look,
          openLink: openExternal,
          claims: (event) =>
            claimOf(event, 'terminal', keyboard) !== undefined || isNativeClipboardKey(event, keyboard.os),
        },
      ),
    [worker.id, worker.client, workspace, tab.id, isNew, look, openExternal, keyboard],
  )
}
