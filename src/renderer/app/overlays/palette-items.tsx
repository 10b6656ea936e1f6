import { Command } from 'cmdk'
import type { ReactNode } from 'react'
import { shownChord } from '../../commands/command-center.ts'
import { useCommandState, useKeyboard } from '../../commands/context.ts'
import { COMMAND_IDS, type CommandId } from '../../commands/definitions.ts'
import { strings } from '../../strings/index.ts'
import { Chord } from '../../ui/chord.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { phaseOf } from '../../worker/phase.ts'
import { useNavigation } from '../navigation.ts'
import { useWorkerList } from '../worker-list.ts'

type ItemProps = {
  value: string
  keywords?: string[]
  icon?: ReactNode
  note?: string | undefined
  chord?: string | undefined
  disabled?: boolean
  onSelect: () => void
}

export function PaletteItem({ value, keywords, icon, note, chord, disabled = false, onSelect }: ItemProps) {
  return (
    <Command.Item
      value={value}
      {...(keywords === undefined ? {} : { keywords })}
      disabled={disabled}
      onSelect={onSelect}
      className="flex min-h-8 items-center gap-2 rounded-control px-3 text-fg aria-disabled:text-disabled data-[selected=true]:bg-hover data-[selected=true]:outline-2 data-[selected=true]:-outline-offset-2 data-[selected=true]:outline-accent touch-target"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{value}</span>
      {note === undefined ? null : <span className="text-meta text-muted">{note}</span>}
      {chord === undefined ? null : <Chord text={chord} />}
    </Command.Item>
  )
}

const GROUP =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:font-strong [&_[cmdk-group-heading]]:text-muted'

export function PaletteWorkspaces({ onChoose }: { onChoose: (run: () => void) => void }) {
  const workers = useWorkerList()
  const { openWorkspace } = useNavigation()
  const rows = workers.flatMap(({ worker, workspaces = [] }) => workspaces.map((workspace) => ({ worker, workspace })))
  if (rows.length === 0) return null
  return (
    <Command.Group heading={strings.commands.workspaces} className={GROUP}>
      {rows.map(({ worker, workspace }) => {
        const phase = phaseOf(workspace)
        return (
          <PaletteItem
            key={workspace.id}
            value={workspace.name}
            keywords={[worker.label]}
            icon={<StatusIcon kind={phase.kind} label={phase.word} />}
            note={worker.label}
            onSelect={() => onChoose(() => openWorkspace(worker.id, workspace.name))}
          />
        )
      })}
    </Command.Group>
  )
}

/** Every command, those that cannot be run now with the reason. */
export function PaletteCommands({ onChoose }: { onChoose: (run: () => void) => void }) {
  const center = useCommandState()
  const keyboard = useKeyboard()
  return (
    <Command.Group heading={strings.commands.list} className={GROUP}>
      {COMMAND_IDS.filter((id) => id !== 'palette' && id !== 'command-list').map((id) => {
        const handler = center.handlerOf(id)
        const reason = handler === undefined ? missingPlace(id) : handler.unavailable
        return (
          <PaletteItem
            key={id}
            value={strings.commands.title[id]}
            note={reason}
            chord={shownChord(id, keyboard)}
            disabled={reason !== undefined}
            onSelect={() => onChoose(() => handler?.run())}
          />
        )
      })}
    </Command.Group>
  )
}

/** Why nothing on the screen carries a command out. */
function missingPlace(id: CommandId): string {
  const { unavailable } = strings.commands
  switch (id) {
    case 'find':
      return unavailable.nothingToFind
    case 'find-next':
    case 'find-previous':
      return unavailable.noSearch
    case 'follow-log':
      return unavailable.noLog
    default:
      return unavailable.noWorkspace
  }
}
