import { useSyncExternalStore } from 'react'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import type { LiveTerminal } from '../live-terminal.ts'
import type { ProgramClipboard } from './program-clipboard.ts'

/** What programs ask of the clipboard, at the terminal that they run in. It takes no focus from what is typed. */
export function ClipboardStrip({ terminal, clipboard }: { terminal: LiveTerminal; clipboard: ProgramClipboard }) {
  const news = useSyncExternalStore(clipboard.subscribe, clipboard.read)
  if (news === undefined) return null
  const words = strings.terminals.clipboard
  const then = (act: () => void) => (): void => {
    act()
    terminal.focus()
  }
  switch (news.kind) {
    case 'asks':
      return (
        <Notice
          strip
          kind="waiting"
          title={words.asks(news.text.length)}
          actions={
            <>
              <Button size="small" onClick={then(() => clipboard.decide('allowed'))}>
                {words.allow}
              </Button>
              <Button size="small" onClick={then(() => clipboard.decide('refused'))}>
                {words.refuse}
              </Button>
            </>
          }
        >
          <p className="text-muted">{words.stays}</p>
        </Notice>
      )
    case 'needs-click':
      return (
        <Notice
          strip
          kind="waiting"
          title={words.needsClick(news.text.length)}
          actions={
            <Button size="small" onClick={then(() => clipboard.copyNow())}>
              {strings.commands.title.copy}
            </Button>
          }
        />
      )
    case 'refused':
      return (
        <Notice
          strip
          kind="waiting"
          title={words.refused[news.reason]}
          actions={
            <Button size="small" onClick={then(() => clipboard.dismiss())}>
              {strings.common.close}
            </Button>
          }
        />
      )
  }
}
