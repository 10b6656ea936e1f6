import { useSyncExternalStore } from 'react'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import type { LiveTerminal } from '../live-terminal.ts'
import type { TerminalUploads, Upload } from './terminal-uploads.ts'

/** The files on their way into the workspace, at the terminal that they were dropped on. It takes no focus. */
export function UploadStrip({ terminal, uploads }: { terminal: LiveTerminal; uploads: TerminalUploads }) {
  const list = useSyncExternalStore(uploads.subscribe, uploads.read)
  if (list.length === 0) return null
  const then = (act: () => void) => (): void => {
    act()
    terminal.focus()
  }
  return (
    <ul aria-label={strings.terminals.upload.list} className="max-h-56 overflow-y-auto">
      {list.map((upload) => (
        <li key={upload.id}>
          {upload.problem === undefined ? (
            <Running upload={upload} onCancel={then(() => uploads.cancel(upload.id))} />
          ) : (
            <Failed upload={upload} onDismiss={then(() => uploads.dismiss(upload.id))} />
          )}
        </li>
      ))}
    </ul>
  )
}

function Running({ upload, onCancel }: { upload: Upload; onCancel: () => void }) {
  const words = strings.terminals.upload
  const { name, sentBytes, totalBytes } = upload
  const percent = totalBytes === 0 ? 0 : Math.floor((100 * sentBytes) / totalBytes)
  return (
    <Notice
      strip
      kind="busy"
      title={words.progress(name, percent)}
      actions={
        <Button size="small" aria-label={words.cancelNamed(name)} onClick={onCancel}>
          {strings.common.cancel}
        </Button>
      }
    >
      <progress aria-label={words.progressOf(name)} className="h-1 w-full accent-accent" max={100} value={percent} />
    </Notice>
  )
}

function Failed({ upload, onDismiss }: { upload: Upload; onDismiss: () => void }) {
  const words = strings.terminals.upload
  const { name, problem } = upload
  return (
    <Notice
      strip
      kind="failed"
      title={words.failed(name)}
      actions={
        <Button size="small" aria-label={words.dismissNamed(name)} onClick={onDismiss}>
          {words.dismiss}
        </Button>
      }
    >
      <p className="break-words text-muted">{[problem?.message, problem?.hint].filter(Boolean).join(' ')}</p>
    </Notice>
  )
}

/** Over a terminal that files hang over. */
export function DropHint() {
  return (
    <div className="pane-drop inset-0 flex items-center justify-center">
      <p className="rounded-card border border-line bg-raised px-4 py-2 shadow-overlay">
        {strings.terminals.upload.drop}
      </p>
    </div>
  )
}
