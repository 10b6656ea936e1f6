import { useQueryClient } from '@tanstack/react-query'
import { Command } from 'cmdk'
import type { Terminal } from '../../../contract/agent/terminals.ts'
import { terminalsOf } from '../../features/terminals/layout/layout.ts'
import { tabsKey } from '../../features/terminals/tab-store.ts'
import { tabStore } from '../../features/terminals/tabs.ts'
import { terminalActions } from '../../features/terminals/terminal-actions.ts'
import { terminalName } from '../../features/terminals/terminal-name.ts'
import { strings } from '../../strings/index.ts'
import { terminalsKey } from '../../worker/keys.ts'
import { useNavigation } from '../navigation.ts'
import { useWorkerList } from '../worker-list.ts'
import { GROUP, PaletteItem } from './palette-items.tsx'

/** The terminals that run in workspaces that were looked at here, with a tab or in the background. */
export function PaletteTerminals({ onChoose }: { onChoose: (run: () => void) => void }) {
  const { openWorkspace } = useNavigation()
  const rows = useKnownTerminals()
  if (rows.length === 0) return null
  return (
    <Command.Group heading={strings.commands.terminals} className={GROUP}>
      {rows.map(({ worker, workspace, terminal, name }) => (
        <PaletteItem
          key={terminal.id}
          id={terminal.id}
          value={name}
          keywords={[workspace, worker.label]}
          note={strings.workspace.onWorker(workspace, worker.label)}
          onSelect={() =>
            onChoose(() => {
              openWorkspace(worker.id, workspace)
              terminalActions({ worker, workspace }).reveal(terminal.id)
            })
          }
        />
      ))}
    </Command.Group>
  )
}

/** As they were when the palette opened: none is asked for. */
function useKnownTerminals() {
  const queries = useQueryClient()
  const workers = useWorkerList()
  return workers.flatMap(({ worker, workspaces = [] }) =>
    workspaces.flatMap(({ name: workspace }) => {
      const shown = terminalsOf(tabStore.read(tabsKey(worker.id, workspace)).layout)
      const known = queries.getQueryData<Terminal[]>(terminalsKey(worker.id, workspace)) ?? []
      return known
        .filter(({ exit, endedBy }) => exit === undefined && endedBy === undefined)
        .map((terminal) => {
          const position = shown.indexOf(terminal.id) + 1
          return { worker, workspace, terminal, name: terminalName({ title: terminal.title, position }) }
        })
    }),
  )
}
