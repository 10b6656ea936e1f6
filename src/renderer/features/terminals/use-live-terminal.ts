import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { claimOf } from '../../commands/command-center.ts'
import { useKeyboard } from '../../commands/context.ts'
import { useAppearance, usePlatform, useSettings } from '../../platform/context.ts'
import type { SettingsStore } from '../../platform/settings.ts'
import type { Worker } from '../../worker/workers.ts'
import type { ClipboardRight } from './clipboard/program-clipboard.ts'
import type { LiveTerminal } from './live-terminal.ts'
import { isNativeClipboardKey } from './native-clipboard.ts'
import { type TerminalLook, terminalLook } from './terminal-look.ts'
import { terminalRegistry } from './terminal-registry.ts'
import type { TerminalEntry } from './use-terminals.ts'

/** The settings and the theme as terminals need them; all that are open follow a change. */
export function useTerminalLook(): TerminalLook {
  const appearance = useAppearance()
  const settings = useSettings()
  const { screenReader } = usePlatform()
  const hasScreenReader = useSyncExternalStore(screenReader.subscribe, screenReader.read)
  const look = useMemo(
    () => terminalLook(settings, appearance, hasScreenReader),
    [settings, appearance, hasScreenReader],
  )
  useEffect(() => terminalRegistry.restyle(look), [look])
  return look
}

/** The right of a workspace's programs to set the clipboard, kept in the settings. */
function clipboardRightOf(settings: SettingsStore, key: string): ClipboardRight {
  return {
    read: () => settings.read().clipboardRights[key],
    decide: (decision) => settings.update({ clipboardRights: { ...settings.read().clipboardRights, [key]: decision } }),
  }
}

/** The terminal of a pane: found where it lives outside React, or opened. */
export function useLiveTerminal(at: { worker: Worker; workspace: string; entry: TerminalEntry }): LiveTerminal {
  const { worker, workspace, entry } = at
  const { openExternal, os, settings } = usePlatform()
  const keyboard = useKeyboard()
  const look = useTerminalLook()
  const { prediction } = useSettings()
  const { id, isNew } = entry
  // Asking again finds the same terminal.
  const terminal = useMemo(
    () =>
      terminalRegistry.obtain(
        { worker: worker.id, workspace },
        {
          client: worker.client,
          workspace,
          id,
          create: isNew ? {} : undefined,
          look,
          openLink: openExternal,
          opensLink: (event) => (os === 'mac' ? event.metaKey : event.ctrlKey),
          claims: (event, hasSelection) =>
            claimOf(event, 'terminal', keyboard) !== undefined || isNativeClipboardKey(event, os, hasSelection),
          warnsOfPastedLines: () => settings.read().warnsOfPastedLines,
          clipboardRight: clipboardRightOf(settings, `${worker.id}/${workspace}`),
        },
      ),
    [worker.id, worker.client, workspace, id, isNew, look, openExternal, keyboard, os, settings],
  )
  useEffect(() => terminal.predict(prediction), [terminal, prediction])
  return terminal
}
