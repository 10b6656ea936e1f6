import { Command } from 'cmdk'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { WorkspaceName } from '../../../contract/names.ts'
import { strings } from '../../strings/index.ts'
import { useReturnFocus } from '../../ui/return-focus.ts'
import { useNavigation } from '../navigation.ts'
import { useCloseAndRun } from './after-close.ts'
import { useOverlay } from './overlay.ts'
import { PaletteCommands, PaletteItem, PaletteWorkers, PaletteWorkspaces } from './palette-items.tsx'
import { PaletteTerminals } from './palette-terminals.tsx'

/** One box to go anywhere and do anything. `>` leaves commands alone, `@` workers. */
export function Palette({ prefix }: { prefix: string }) {
  const { close } = useOverlay()
  const { closeAndRun, afterClose } = useCloseAndRun()
  const returnFocus = useReturnFocus(afterClose)
  const { openCreate } = useNavigation()
  const [typed, setTyped] = useState(prefix)
  const sigil = /^[>@]/.exec(typed)?.[0] ?? ''
  const query = typed.slice(sigil.length).trim()
  const mayCreate = sigil === '' && WorkspaceName.safeParse(query).success
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : close())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="enter-fade fixed top-[12vh] left-1/2 z-40 w-[min(600px,calc(100vw-16px))] -translate-x-1/2 overflow-hidden rounded-card border border-line bg-raised shadow-overlay"
        >
          <Dialog.Title className="sr-only">{strings.commands.paletteTitle}</Dialog.Title>
          <Command
            label={strings.commands.paletteTitle}
            filter={(value, _search, keywords) => score(query, [value, ...(keywords ?? [])])}
          >
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder={strings.commands.palettePlaceholder}
              className="h-12 w-full border-b border-line bg-transparent px-4 text-section text-fg placeholder:text-muted focus-inset"
            />
            <Command.List label={strings.commands.list} className="max-h-[min(420px,60vh)] overflow-y-auto p-1">
              <Command.Empty className="p-4 text-muted">{strings.commands.paletteEmpty}</Command.Empty>
              {sigil === '' ? <PaletteWorkspaces onChoose={closeAndRun} /> : null}
              {sigil === '' ? <PaletteTerminals onChoose={closeAndRun} /> : null}
              {sigil === '>' ? null : <PaletteWorkers onChoose={closeAndRun} isAlone={sigil === '@'} />}
              {sigil === '@' ? null : <PaletteCommands onChoose={closeAndRun} />}
              {mayCreate ? (
                <PaletteItem
                  value={strings.commands.paletteCreate(query)}
                  keywords={[query]}
                  onSelect={() => closeAndRun(() => openCreate(query))}
                />
              ) : null}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** Every word that was typed begins a word, or stands somewhere; whole beginnings come first. */
function score(query: string, texts: readonly string[]): number {
  const text = texts.join(' ').toLowerCase()
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return 1
  if (!words.every((word) => text.includes(word))) return 0
  if (text.startsWith(query.toLowerCase())) return 1
  return words.every((word) => text.split(/[\s-]/).some((part) => part.startsWith(word))) ? 0.7 : 0.4
}
