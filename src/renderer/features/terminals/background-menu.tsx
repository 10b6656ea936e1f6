import { ChevronDown } from 'lucide-react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { MenuItem, MenuPanel, MenuRoot, MenuTrigger, SubMenu } from '../../ui/menu.tsx'
import { useMenuChoice } from '../../ui/menu-choice.ts'
import { formatAge } from '../../worker/format.ts'
import { useWorkerNow } from '../../worker/use-now.ts'
import type { Worker } from '../../worker/workers.ts'
import { isFull, type Tab } from './layout/layout.ts'
import { hasEnded } from './layout/workspace-tabs.ts'
import type { TerminalActions } from './terminal-actions.ts'
import { terminalName } from './terminal-name.ts'
import type { TerminalEntry } from './use-terminals.ts'

type BackgroundMenuProps = {
  worker: Worker
  background: readonly TerminalEntry[]
  /** The tab that is looked at, where one is. */
  tab: Tab | undefined
  actions: TerminalActions
  onEnd: (id: string) => void
}

/** The terminals that run without a tab here: closed to run on, or made by somebody else. */
export function BackgroundMenu({ worker, background, tab, actions, onEnd }: BackgroundMenuProps) {
  const { choose, onCloseAutoFocus } = useMenuChoice()
  if (background.length === 0) return null
  return (
    <MenuRoot>
      <MenuTrigger asChild>
        <Button variant="ghost" size="small">
          {strings.terminals.background(background.length)}
          <ChevronDown size={14} aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuPanel align="start" onCloseAutoFocus={onCloseAutoFocus}>
        {background.map((entry) => (
          <SubMenu key={entry.id} label={<Name worker={worker} entry={entry} />}>
            <MenuItem label={strings.terminals.openInTab} onSelect={choose(() => actions.show(entry.id))} />
            <MenuItem
              label={strings.terminals.openBeside}
              disabled={tab === undefined || isFull(tab)}
              onSelect={choose(() => {
                if (tab !== undefined) actions.show(entry.id, { at: tab.current, side: 'right' })
              })}
            />
            <MenuItem danger label={strings.terminals.endIt} onSelect={choose(() => onEnd(entry.id))} />
          </SubMenu>
        ))}
      </MenuPanel>
    </MenuRoot>
  )
}

/** Shells are often called the same: how old one is tells them apart. */
function Name({ worker, entry }: { worker: Worker; entry: TerminalEntry }) {
  const now = useWorkerNow(worker, AGE_EVERY_MS)
  const { record } = entry
  const name = terminalName(entry)
  if (record === undefined) return name
  return strings.terminals.inBackground(name, formatAge(record.createdAt, now), hasEnded(record))
}

const AGE_EVERY_MS = 30_000
