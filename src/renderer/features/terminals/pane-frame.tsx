import clsx from 'clsx'
import { Maximize2, Minimize2, X } from 'lucide-react'
import { type CSSProperties, useState } from 'react'
import { useChord } from '../../commands/context.ts'
import { strings } from '../../strings/index.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { MiddleTruncate } from '../../ui/truncate.tsx'
import type { Worker } from '../../worker/workers.ts'
import type { Box } from './layout/pane-geometry.ts'
import type { Side } from './layout/pane-tree.ts'
import { beginDrag, droppedId, sideUnder, takesDrag } from './pane-drag.ts'
import type { TerminalActions } from './terminal-actions.ts'
import { terminalName } from './terminal-name.ts'
import { TerminalStage } from './terminal-stage.tsx'
import type { TerminalEntry } from './use-terminals.ts'

export type PaneProps = {
  worker: Worker
  workspace: string
  entry: TerminalEntry
  /** How many terminals are shown, over all tabs. */
  count: number
  /** It has the keyboard when its tab has. */
  isCurrent: boolean
  /** It shares the tab with others, seen or hidden behind it. */
  isOneOfMany: boolean
  isZoomed: boolean
  /** Its workspace does not run: there is something to read, and no more. */
  isOver: boolean
  actions: TerminalActions
  onClose: () => void
  onMenu: () => void
}

export const paneId = (terminal: string): string => `terminal-pane-${terminal}`

/** A terminal in its place of the tab; with others beside it, it has a head to name, move, zoom and close it by. */
export function PaneFrame({ box, ...props }: PaneProps & { box: Box }) {
  const { entry, isCurrent, isOneOfMany, actions } = props
  const [over, setOver] = useState<Side | undefined>(undefined)
  const take = (id: string, side: Side): void => actions.moveBeside(id, { at: entry.id, side })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what can be dropped here can be moved by commands, too
    <div
      id={paneId(entry.id)}
      data-current={isCurrent || undefined}
      style={placeOf(box)}
      className="absolute flex flex-col overflow-hidden"
      onFocusCapture={() => actions.focused(entry.id)}
      onDragOver={(event) => setOver(takesDrag(event, 'terminal') ? sideUnder(event) : undefined)}
      onDragLeave={() => setOver(undefined)}
      onDrop={(event) => {
        setOver(undefined)
        const id = droppedId(event, 'terminal')
        if (id !== undefined) take(id, sideUnder(event))
      }}
    >
      {isOneOfMany ? <PaneHead {...props} /> : null}
      <div className="min-h-0 flex-1">
        <TerminalStage
          worker={props.worker}
          workspace={props.workspace}
          entry={entry}
          count={props.count}
          onRestart={props.isOver ? undefined : () => actions.restart(entry.id)}
        />
      </div>
      {over === undefined ? null : <div className={clsx('pane-drop', DROP_PLACES[over])} />}
    </div>
  )
}

function PaneHead({ entry, isCurrent, isZoomed, isOver, actions, onClose, onMenu }: PaneProps) {
  const zoomChord = useChord('zoom-terminal')
  const closeChord = useChord('close-terminal')
  const name = terminalName(entry)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer's own way; keys have commands and the menu
    <div
      draggable
      onDragStart={(event) => beginDrag(event, 'terminal', entry.id)}
      onDoubleClick={() => actions.toggleZoom(entry.id)}
      onContextMenu={(event) => {
        event.preventDefault()
        actions.focused(entry.id)
        onMenu()
      }}
      className={clsx(
        'pane-head flex h-7 shrink-0 items-center gap-1 border-b border-l-2 border-b-line pr-1 pl-2 select-none',
        isCurrent ? 'border-l-accent bg-surface text-fg' : 'border-l-transparent bg-bg text-muted',
      )}
    >
      <span className={clsx('flex min-w-0 flex-1', isCurrent && 'font-strong')}>
        <MiddleTruncate text={name} />
      </span>
      <IconButton
        size="tiny"
        label={isZoomed ? strings.terminals.unzoom(name) : strings.terminals.zoomNamed(name)}
        chord={zoomChord}
        icon={isZoomed ? <Minimize2 size={14} aria-hidden /> : <Maximize2 size={14} aria-hidden />}
        onClick={() => actions.toggleZoom(entry.id)}
      />
      {isOver ? null : (
        <IconButton
          size="tiny"
          label={strings.terminals.closeNamed(name)}
          chord={closeChord}
          icon={<X size={14} aria-hidden />}
          onClick={onClose}
        />
      )}
    </div>
  )
}

const DROP_PLACES: Record<Side, string> = {
  left: 'inset-y-0 left-0 w-1/2',
  right: 'inset-y-0 right-0 w-1/2',
  up: 'inset-x-0 top-0 h-1/2',
  down: 'inset-x-0 bottom-0 h-1/2',
}

const percent = (part: number): string => `${part * 100}%`

const placeOf = ({ left, top, width, height }: Box): CSSProperties => ({
  left: percent(left),
  top: percent(top),
  width: percent(width),
  height: percent(height),
})
