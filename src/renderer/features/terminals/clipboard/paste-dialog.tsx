import { useRef, useSyncExternalStore } from 'react'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { shownPaste } from './paste-text.ts'
import type { TerminalPaste } from './terminal-paste.ts'

const MOST_SHOWN = 4000

/** Shows what would be pasted, before it acts. Enter alone pastes nothing. */
export function PasteDialog({ paste }: { paste: TerminalPaste }) {
  const question = useSyncExternalStore(paste.subscribe, paste.read)
  const cancel = useRef<HTMLButtonElement>(null)
  if (question === undefined) return null
  const words = strings.terminals.paste
  const { shown, restCharacters } = shownPaste(question.text, MOST_SHOWN)
  return (
    <Dialog
      title={words.title}
      description={question.dangers.map((danger) => words.danger[danger]).join(' ')}
      onClose={() => paste.answer('cancel')}
      isText
      onOpenAutoFocus={(event) => {
        event.preventDefault()
        cancel.current?.focus()
      }}
      footer={
        <>
          <Button ref={cancel} onClick={() => paste.answer('cancel')}>
            {strings.common.cancel}
          </Button>
          <Button onClick={() => paste.answer('one-line')}>{words.oneLine}</Button>
          <Button variant="primary" onClick={() => paste.answer('paste')}>
            {words.anyway}
          </Button>
        </>
      }
    >
      <pre className="rounded-control border border-line bg-surface p-2 font-mono break-all whitespace-pre-wrap">
        {shown}
      </pre>
      {restCharacters === 0 ? null : <p className="pt-1 text-meta text-muted">{words.rest(restCharacters)}</p>}
    </Dialog>
  )
}
