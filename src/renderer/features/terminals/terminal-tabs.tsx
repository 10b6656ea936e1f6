import clsx from 'clsx'
import { Plus, X } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useChord } from '../../commands/context.ts'
import { strings } from '../../strings/index.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { MiddleTruncate } from '../../ui/truncate.tsx'
import type { TerminalTab } from './use-terminals.ts'

export const tabId = (terminal: string): string => `terminal-tab-${terminal}`

type TerminalTabsProps = {
  workspace: string
  tabs: readonly TerminalTab[]
  onNew: () => void
  onClose: (id: string) => void
  onEnter: () => void
  children: React.ReactNode
}

/** The terminals of a workspace. One stop for the keyboard: arrows move, Enter goes in, Delete closes. */
export function TerminalTabs({ workspace, tabs, onNew, onClose, onEnter, children }: TerminalTabsProps) {
  const newChord = useChord('new-terminal')
  return (
    <div className="flex h-9 items-stretch border-b border-line bg-bg">
      <Tabs.List aria-label={strings.terminals.tabs(workspace)} className="flex min-w-0 overflow-x-auto">
        {tabs.map((tab) => (
          <TabItem key={tab.id} tab={tab} onClose={onClose} onEnter={onEnter} />
        ))}
      </Tabs.List>
      <div className="flex items-center gap-1 px-1">
        <IconButton
          size="tiny"
          label={strings.terminals.new}
          chord={newChord}
          icon={<Plus size={16} aria-hidden />}
          onClick={onNew}
        />
        {children}
      </div>
    </div>
  )
}

function TabItem({ tab, onClose, onEnter }: { tab: TerminalTab } & Pick<TerminalTabsProps, 'onClose' | 'onEnter'>) {
  const label = tabLabel(tab)
  return (
    <div className="group relative flex max-w-60 min-w-24 border-r border-line" role="presentation">
      <Tabs.Trigger
        id={tabId(tab.id)}
        value={tab.id}
        onKeyDown={(event) => {
          if (event.key === 'Delete') onClose(tab.id)
          if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault()
            onEnter()
          }
        }}
        className={clsx(
          'flex w-full min-w-0 items-center gap-1.5 pr-8 pl-3 text-muted select-none focus-inset hover:bg-hover touch-target',
          'border-b-2 border-transparent data-[state=active]:border-accent data-[state=active]:bg-surface data-[state=active]:text-fg',
        )}
      >
        <MiddleTruncate text={label} />
      </Tabs.Trigger>
      {/* For the pointer. Keys close a tab by Delete, by the menu, or by the chord. */}
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        title={strings.terminals.closeNamed(label)}
        onClick={() => onClose(tab.id)}
        className="absolute top-1.5 right-1 flex size-6 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-fg"
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  )
}

/** `2 zsh`, or `Terminal 2` where the terminal has not named itself. */
export function tabLabel({ position, title }: Pick<TerminalTab, 'position' | 'title'>): string {
  return title === '' ? strings.terminals.defaultTitle(position) : strings.terminals.numbered(position, title)
}
