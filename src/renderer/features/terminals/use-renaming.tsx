import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Terminal } from '../../../contract/agent/terminals.ts'
import { strings } from '../../strings/index.ts'
import { showToast } from '../../ui/toast-store.ts'
import { failureOf } from '../../worker/failure.ts'
import { terminalsKey } from '../../worker/keys.ts'
import type { Worker } from '../../worker/workers.ts'
import { RenameDialog } from './rename-dialog.tsx'
import { terminalName } from './terminal-name.ts'
import type { Terminals } from './use-terminals.ts'

type RenamingDeps = { worker: Worker; workspace: string; terminals: Terminals }

/** Asks for a terminal's new name and shows it at once; a worker that refuses it gets the old one back. */
export function useRenaming({ worker, workspace, terminals }: RenamingDeps) {
  const queries = useQueryClient()
  const [asked, setAsked] = useState<string | undefined>(undefined)
  const key = terminalsKey(worker.id, workspace)
  const rename = async (terminal: string, title: string): Promise<void> => {
    if (title !== '') {
      queries.setQueryData<Terminal[]>(key, (list) =>
        list?.map((record) => (record.id === terminal ? { ...record, title, isRenamed: true } : record)),
      )
    }
    try {
      await worker.client.api.terminals.rename({ workspace, terminal, title })
    } catch (error) {
      showToast({ kind: 'failed', title: strings.terminals.renameFailed, body: failureOf(error).message })
    }
    await queries.invalidateQueries({ queryKey: key })
  }
  const entry = asked === undefined ? undefined : terminals.entryOf(asked)
  const dialog: ReactNode =
    entry === undefined ? null : (
      <RenameDialog
        key={entry.id}
        name={terminalName(entry)}
        onCancel={() => setAsked(undefined)}
        onRename={(title) => {
          setAsked(undefined)
          void rename(entry.id, title)
        }}
      />
    )
  return { rename: setAsked, dialog }
}
