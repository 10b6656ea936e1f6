import { ChevronDown, Ellipsis } from 'lucide-react'
import { useChord } from '../../commands/context.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { MenuItem, MenuPanel, MenuRoot, MenuTrigger } from '../../ui/menu.tsx'
import { terminalRegistry } from './terminal-registry.ts'
import { tabLabel } from './terminal-tabs.tsx'
import type { useTerminals } from './use-terminals.ts'

type TabMenuProps = {
  terminals: ReturnType<typeof useTerminals>
  onClose: (id: string) => void
  onShow: (id: string) => void
}

/** What can be done with the active terminal, and the terminals that run without a tab. */
export function TabMenu({ terminals, onClose, onShow }: TabMenuProps) {
  const { active, background } = terminals
  const clearChord = useChord('clear-scrollback')
  const closeChord = useChord('close-terminal')
  return (
    <>
      {active === undefined ? null : (
        <MenuRoot>
          <MenuTrigger asChild>
            <Button
              variant="ghost"
              size="tiny"
              aria-label={strings.terminals.actions}
              title={strings.terminals.actions}
            >
              <Ellipsis size={16} aria-hidden />
            </Button>
          </MenuTrigger>
          <MenuPanel align="start">
            <MenuItem
              label={strings.terminals.clear}
              chord={clearChord}
              onSelect={() => terminalRegistry.find(active)?.clear()}
            />
            <MenuItem label={strings.terminals.close} chord={closeChord} onSelect={() => onClose(active)} />
          </MenuPanel>
        </MenuRoot>
      )}
      {background.length === 0 ? null : (
        <MenuRoot>
          <MenuTrigger asChild>
            <Button variant="ghost" size="small">
              {strings.terminals.background(background.length)}
              <ChevronDown size={14} aria-hidden />
            </Button>
          </MenuTrigger>
          <MenuPanel align="start">
            {background.map((tab) => (
              <MenuItem key={tab.id} label={tabLabel(tab)} onSelect={() => onShow(tab.id)} />
            ))}
          </MenuPanel>
        </MenuRoot>
      )}
    </>
  )
}
