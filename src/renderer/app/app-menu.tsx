import { Menu } from 'lucide-react'
import { Fragment } from 'react'
import { shownChord } from '../commands/command-center.ts'
import { useCommandIds, useCommandState, useKeyboard } from '../commands/context.ts'
import { type CommandGroup, type CommandId, definitionOf } from '../commands/definitions.ts'
import { usePlatform } from '../platform/context.ts'
import { strings } from '../strings/index.ts'
import { Button } from '../ui/button.tsx'
import { MenuGroup, MenuItem, MenuLabel, MenuPanel, MenuRoot, MenuSeparator, MenuTrigger } from '../ui/menu.tsx'

const GROUPS: readonly CommandGroup[] = ['navigate', 'workspace', 'terminal', 'view']

/** Scrolling is for keys; a menu has no use for it. */
const KEYS_ONLY: ReadonlySet<CommandId> = new Set<CommandId>(['page-up', 'page-down', 'scroll-top', 'scroll-bottom'])

/** Every command behind one button; on a Mac the system's own menu bar has them. */
export function AppMenu() {
  const { os, shell, showMenu } = usePlatform()
  if (shell === 'desktop' && os === 'mac') return null
  if (showMenu !== undefined) {
    return (
      <MenuButton
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect()
          showMenu(left, bottom)
        }}
      />
    )
  }
  return (
    <MenuRoot>
      <MenuTrigger asChild>
        <MenuButton />
      </MenuTrigger>
      <MenuPanel align="start">
        {GROUPS.map((group, index) => (
          <Fragment key={group}>
            {index === 0 ? null : <MenuSeparator />}
            <CommandMenuGroup group={group} />
          </Fragment>
        ))}
      </MenuPanel>
    </MenuRoot>
  )
}

function MenuButton(props: React.ComponentProps<typeof Button>) {
  return (
    <Button variant="ghost" size="icon" aria-label={strings.shell.menu} title={strings.shell.menu} {...props}>
      <Menu size={16} aria-hidden />
    </Button>
  )
}

function CommandMenuGroup({ group }: { group: CommandGroup }) {
  const center = useCommandState()
  const keyboard = useKeyboard()
  const ids = useCommandIds().filter((id) => definitionOf(id).group === group && !KEYS_ONLY.has(id))
  return (
    <MenuGroup>
      <MenuLabel>{strings.commands.group[group]}</MenuLabel>
      {ids.map((id) => {
        const handler = center.handlerOf(id)
        return (
          <MenuItem
            key={id}
            label={strings.commands.title[id]}
            chord={shownChord(id, keyboard)}
            disabled={handler === undefined || handler.unavailable !== undefined}
            onSelect={() => setTimeout(() => handler?.run())}
          />
        )
      })}
    </MenuGroup>
  )
}
