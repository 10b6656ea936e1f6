import { useSyncExternalStore } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { LiveTerminal, TerminalView } from './live-terminal.ts'

/** Whether the terminal has the size that this screen has room for, as far as is known. */
export function isOwnSize({ audience, room, state }: Pick<TerminalView, 'audience' | 'room' | 'state'>): boolean {
  const { size, clients } = audience
  if (state.status !== 'live' || clients < 2 || size === undefined || room === undefined) return true
  return size.cols === room.cols && size.rows === room.rows
}

/** Where another screen decides the size of the terminal: that it does, and how to have it here. */
export function SizeStrip({ terminal }: { terminal: LiveTerminal }) {
  const view = useSyncExternalStore(terminal.subscribe, terminal.read)
  const { size } = view.audience
  if (size === undefined || isOwnSize(view)) return null
  const claim = (): void => {
    terminal.claim()
    terminal.focus()
  }
  return (
    <Notice
      strip
      kind="waiting"
      title={strings.terminals.sizedElsewhere(size)}
      actions={
        <Button size="small" onClick={claim}>
          {strings.terminals.useMySize}
        </Button>
      }
    />
  )
}
