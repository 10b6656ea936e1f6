import { Command } from 'cmdk'
import type { ReactNode } from 'react'
import { shownChord } from '../../commands/command-center.ts'
import { useCommandIds, useCommandState, useKeyboard } from '../../commands/context.ts'
import type { CommandId } from '../../commands/definitions.ts'
import { strings } from '../../strings/index.ts'
import { Chord } from '../../ui/chord.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { type Phase, phaseOf } from '../../worker/phase.ts'
import { isStale } from '../../worker/standing.ts'
import { useNow } from '../../worker/use-now.ts'
import { useStanding } from '../../worker/workers.ts'
import { linkStateOf } from '../link-state.ts'
import { useNavigation } from '../navigation.ts'
import { useGoToWorker } from '../switching/use-switch-worker.ts'
import { type ListedWorker, useWorkerList } from '../worker-list.ts'

type ItemProps = {
  value: string
  /** Where others may be called the same. */
  id?: string
  keywords?: string[]
  icon?: ReactNode
  note?: string | undefined
  chord?: string | undefined
  disabled?: boolean
  onSelect: () => void
}

export function PaletteItem({ value, id, keywords, icon, note, chord, disabled = false, onSelect }: ItemProps) {
  return (
    <Command.Item
      value={id ?? value}
      keywords={id === undefined ? (keywords ?? []) : [value, ...(keywords ?? [])]}
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

export const GROUP =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:font-strong [&_[cmdk-group-heading]]:text-muted'

export function PaletteWorkspaces({ onChoose }: { onChoose: (run: () => void) => void }) {
  const workers = useWorkerList()
  if (workers.every(({ workspaces = [], kept }) => workspaces.length + kept.length === 0)) return null
  return (
    <Command.Group heading={strings.commands.workspaces} className={GROUP}>
      {workers.map((listed) => (
        <WorkspacesOf key={listed.worker.id} listed={listed} onChoose={onChoose} />
      ))}
    </Command.Group>
  )
}

function WorkspacesOf({ listed, onChoose }: { listed: ListedWorker; onChoose: (run: () => void) => void }) {
  const { worker, workspaces = [], kept } = listed
  const { openWorkspace } = useNavigation()
  const stale = isStale(useStanding(worker))
  const item = (name: string, { kind, word }: Pick<Phase, 'kind' | 'word'>) => (
    <PaletteItem
      key={name}
      value={name}
      id={`${worker.id}/${name}`}
      keywords={[worker.label]}
      icon={<StatusIcon kind={kind} label={word} />}
      note={worker.label}
      onSelect={() => onChoose(() => openWorkspace(worker.id, name))}
    />
  )
  return [
    ...workspaces.map((workspace) => item(workspace.name, phaseOf(workspace, stale))),
    ...kept.map(({ name }) => item(name, { kind: 'unreachable', word: strings.status.unreachable })),
  ]
}

/** Every worker, to go to where somebody was on it last. Where there is only one, it is offered to those who ask for workers alone. */
export function PaletteWorkers({ onChoose, isAlone }: { onChoose: (run: () => void) => void; isAlone: boolean }) {
  const workers = useWorkerList()
  if (workers.length < 2 && !isAlone) return null
  return (
    <Command.Group heading={strings.commands.workers} className={GROUP}>
      {workers.map((listed) => (
        <WorkerItem key={listed.worker.id} listed={listed} onChoose={onChoose} />
      ))}
    </Command.Group>
  )
}

function WorkerItem({ listed, onChoose }: { listed: ListedWorker; onChoose: (run: () => void) => void }) {
  const { worker } = listed
  const standing = useStanding(worker)
  const goToWorker = useGoToWorker()
  const { kind, word } = linkStateOf(standing, useNow(undefined))
  return (
    <PaletteItem
      value={worker.label}
      id={worker.id}
      icon={<StatusIcon kind={kind} label={null} />}
      note={word}
      onSelect={() => onChoose(() => goToWorker(listed))}
    />
  )
}

/** Every command, those that cannot be run now with the reason. */
export function PaletteCommands({ onChoose }: { onChoose: (run: () => void) => void }) {
  const center = useCommandState()
  const ids = useCommandIds()
  const keyboard = useKeyboard()
  return (
    <Command.Group heading={strings.commands.list} className={GROUP}>
      {ids
        .filter((id) => id !== 'palette' && id !== 'command-list')
        .map((id) => {
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
