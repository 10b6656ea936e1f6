import clsx from 'clsx'
import { Columns2, Plus, X } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useChord } from '../../commands/context.ts'
import { strings } from '../../strings/index.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { MiddleTruncate } from '../../ui/truncate.tsx'
import type { Tab } from './layout/layout.ts'
import { terminalsIn } from './layout/pane-tree.ts'
import { hasEnded } from './layout/workspace-tabs.ts'
import { beginDrag, droppedId, isOverStart, takesDrag } from './pane-drag.ts'
import type { TerminalActions } from './terminal-actions.ts'
import { tabName, terminalName } from './terminal-name.ts'
import type { Terminals } from './use-terminals.ts'

export const tabId = (tab: string): string => `terminal-tab-${tab}`

type TabDeeds = {
  actions: TerminalActions
  onClose: (tab: Tab) => void
  onRename: (terminal: string) => void
  onMenu: () => void
}

type TerminalTabsProps = TabDeeds & { workspace: string; terminals: Terminals; children: ReactNode }

/** The tabs of a workspace's terminals. One stop for the keyboard: arrows move, Enter goes in, Delete closes. */
export function TerminalTabs({ workspace, terminals, children, ...deeds }: TerminalTabsProps) {
  const newChord = useChord('new-terminal')
  const { tabs } = terminals.layout
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a terminal that is dropped here can be moved by commands, too
    <div
      className="flex h-9 shrink-0 items-stretch border-b border-line bg-bg"
      // Beside the tabs, a terminal gets a tab of its own.
      onDragOver={(event) => void takesDrag(event, 'terminal')}
      onDrop={(event) => {
        const id = event.defaultPrevented ? undefined : droppedId(event, 'terminal')
        if (id !== undefined) deeds.actions.moveToNewTab(id)
      }}
    >
      <Tabs.List aria-label={strings.terminals.tabs(workspace)} className="flex min-w-0 overflow-x-auto">
        {tabs.map((tab, index) => (
          <TabItem key={tab.id} tab={tab} index={index} terminals={terminals} {...deeds} />
        ))}
      </Tabs.List>
      <div className="flex items-center gap-1 px-1">
        <IconButton
          size="tiny"
          label={strings.terminals.new}
          chord={newChord}
          icon={<Plus size={16} aria-hidden />}
          onClick={deeds.actions.open}
        />
        {children}
      </div>
    </div>
  )
}

type TabItemProps = TabDeeds & { tab: Tab; index: number; terminals: Terminals }

/** Where a dragged tab would go: before this one or after it. A terminal goes into the tab. */
type Over = 'before' | 'after' | 'into'

function TabItem({ tab, index, terminals, actions, onClose, onRename, onMenu }: TabItemProps) {
  const [over, setOver] = useState<Over | undefined>(undefined)
  const name = terminalName(terminals.entryOf(tab.current))
  const isOver = terminalsIn(tab.tree).every((id) => hasEnded(terminals.entryOf(id).record ?? {}))
  const drop = (event: React.DragEvent): void => {
    setOver(undefined)
    const moved = droppedId(event, 'tab')
    const terminal = droppedId(event, 'terminal')
    if (terminal !== undefined) actions.moveToTab(terminal, tab.id)
    if (moved === undefined) return
    const from = terminals.layout.tabs.findIndex(({ id }) => id === moved)
    const to = isOverStart(event) ? index : index + 1
    actions.moveTab(moved, from < to ? to - 1 : to)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is the pointer's way; the tab itself has keys and a menu
    <div
      className={clsx(
        'group relative flex max-w-60 min-w-24 border-r border-line',
        over !== undefined && `tab-drop-${over}`,
      )}
      role="presentation"
      draggable
      onDragStart={(event) => beginDrag(event, 'tab', tab.id)}
      onDragOver={(event) => {
        if (takesDrag(event, 'tab')) setOver(isOverStart(event) ? 'before' : 'after')
        else setOver(takesDrag(event, 'terminal') ? 'into' : undefined)
      }}
      onDragLeave={() => setOver(undefined)}
      onDrop={drop}
      onContextMenu={(event) => {
        event.preventDefault()
        actions.activate(tab.id)
        onMenu()
      }}
    >
      <Tabs.Trigger
        id={tabId(tab.id)}
        value={tab.id}
        aria-keyshortcuts="F2 Delete Shift+ArrowLeft Shift+ArrowRight"
        onKeyDown={(event) => press(event, { tab, index, actions, onClose, onRename })}
        className={clsx(
          'flex w-full min-w-0 items-center gap-1.5 pr-8 pl-3 text-muted select-none focus-inset hover:bg-hover touch-target',
          'border-b-2 border-transparent data-[state=active]:border-accent data-[state=active]:bg-surface data-[state=active]:text-fg',
        )}
      >
        <span className="sr-only">{tabName({ tab, name, position: index + 1, hasEnded: isOver })}</span>
        {isOver ? <StatusIcon kind="stopped" label={null} /> : null}
        <MiddleTruncate text={strings.terminals.numbered(index + 1, name)} decorative />
        <PaneCount tab={tab} />
      </Tabs.Trigger>
      {/* For the pointer. Keys close a tab by Delete, by the menu, or by the chord. */}
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        title={strings.terminals.closeNamed(name)}
        onClick={() => onClose(tab)}
        className="absolute top-1.5 right-1 flex size-6 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-fg"
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  )
}

function PaneCount({ tab }: { tab: Tab }) {
  if (tab.tree.kind === 'pane') return null
  return (
    <span aria-hidden className="flex shrink-0 items-center gap-0.5 text-meta">
      <Columns2 size={12} />
      {terminalsIn(tab.tree).length}
    </span>
  )
}

type PressDeps = Pick<TabItemProps, 'tab' | 'index' | 'actions' | 'onClose' | 'onRename'>

function press(event: KeyboardEvent, { tab, index, actions, onClose, onRename }: PressDeps): void {
  const { key, shiftKey } = event
  if (key === 'Delete') onClose(tab)
  else if (key === 'F2') onRename(tab.current)
  else if (key === 'Enter' || key === 'ArrowDown') actions.goTo(tab.current)
  else if (shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    actions.moveTab(tab.id, key === 'ArrowLeft' ? index - 1 : index + 1)
    keepFocus(tab.id)
  } else return
  event.preventDefault()
}

/** A tab that moves leaves the page for a moment, and the keyboard with it. */
function keepFocus(tab: string): void {
  requestAnimationFrame(() => document.getElementById(tabId(tab))?.focus())
}
