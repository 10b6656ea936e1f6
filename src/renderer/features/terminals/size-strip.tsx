import { useSyncExternalStore } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { LiveTerminal } from './live-terminal.ts'

/** Where another screen decides the size of the terminal: that it does, and how to have it here. */
export function SizeStrip({ terminal }: { terminal: LiveTerminal }) {
  const { audience, room, state } = useSyncExternalStore(terminal.subscribe, terminal.read)
  const { size, clients } = audience
  if (state.status !== 'live' || clients < 2 || size === undefined || room === undefined) return null
  if (size.cols === room.cols && size.rows === room.rows) return null
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
