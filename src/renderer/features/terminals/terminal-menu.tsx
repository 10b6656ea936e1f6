import { Ellipsis } from 'lucide-react'
import { shownChord } from '../../commands/command-center.ts'
import { useCommandState, useKeyboard } from '../../commands/context.ts'
import type { CommandId } from '../../commands/definitions.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { MenuItem, MenuPanel, MenuRoot, MenuSeparator, MenuTrigger, SubMenu } from '../../ui/menu.tsx'
import { useMenuChoice } from '../../ui/menu-choice.ts'
import { isFull, type Tab } from './layout/layout.ts'
import type { TerminalActions } from './terminal-actions.ts'
import { tabName, terminalName } from './terminal-name.ts'
import type { Terminals } from './use-terminals.ts'

type TerminalMenuProps = {
  /** The tab that is looked at. */
  tab: Tab | undefined
  terminals: Terminals
  actions: TerminalActions
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

type Choose = ReturnType<typeof useMenuChoice>['choose']

/** What can be done with the terminal that has the keyboard, and with its tab. Every item but the tabs is a command, too. */
export function TerminalMenu({ tab, terminals, actions, isOpen, onOpenChange }: TerminalMenuProps) {
  const { choose, onCloseAutoFocus } = useMenuChoice()
  if (tab === undefined) return null
  const others = terminals.layout.tabs.filter(({ id }) => id !== tab.id)
  return (
    <MenuRoot open={isOpen} onOpenChange={onOpenChange}>
      <MenuTrigger asChild>
        <Button variant="ghost" size="tiny" aria-label={strings.terminals.actions} title={strings.terminals.actions}>
          <Ellipsis size={16} aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuPanel align="start" onCloseAutoFocus={onCloseAutoFocus}>
        <Items
          ids={['rename-terminal', 'split-right', 'split-down', 'zoom-terminal', 'resize-terminal']}
          choose={choose}
        />
        <MenuSeparator />
        <SubMenu label={strings.terminals.move}>
          <Items ids={MOVES} choose={choose} />
          {others.length === 0 ? null : <MenuSeparator />}
          {others.map((other) => (
            <MenuItem
              key={other.id}
              label={strings.terminals.moveToTab(nameOf(other, terminals))}
              disabled={isFull(other)}
              onSelect={choose(() => actions.moveToTab(tab.current, other.id))}
            />
          ))}
        </SubMenu>
        <Items ids={['move-tab-left', 'move-tab-right']} choose={choose} />
        <MenuSeparator />
        <Items
          ids={['upload-files', 'clear-scrollback', 'show-connection', 'reopen-terminal', 'keep-in-background']}
          choose={choose}
        />
        <Items ids={tab.tree.kind === 'split' ? ['close-terminal', 'close-tab'] : ['close-terminal']} choose={choose} />
      </MenuPanel>
    </MenuRoot>
  )
}

const MOVES: readonly CommandId[] = [
  'move-terminal-left',
  'move-terminal-right',
  'move-terminal-up',
  'move-terminal-down',
  'move-terminal-to-new-tab',
]

/** Commands as they stand now: what cannot be done is off. */
function Items({ ids, choose }: { ids: readonly CommandId[]; choose: Choose }) {
  const center = useCommandState()
  const keyboard = useKeyboard()
  return ids.map((id) => {
    const handler = center.handlerOf(id)
    return (
      <MenuItem
        key={id}
        label={strings.commands.title[id]}
        chord={shownChord(id, keyboard)}
        disabled={handler === undefined || handler.unavailable !== undefined}
        onSelect={choose(() => handler?.run())}
      />
    )
  })
}

const nameOf = (tab: Tab, terminals: Terminals): string =>
  tabName({
    tab,
    name: terminalName(terminals.entryOf(tab.current)),
    position: terminals.layout.tabs.indexOf(tab) + 1,
  })
