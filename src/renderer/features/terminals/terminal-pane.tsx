import clsx from 'clsx'
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'
import type { TerminalState } from '../../../client/worker-client.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Delayed } from '../../ui/delayed.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { formatBytes, formatWhen } from '../../worker/format.ts'
import { ClipboardStrip } from './clipboard/clipboard-strip.tsx'
import { PasteDialog } from './clipboard/paste-dialog.tsx'
import { exitSentence } from './exit-sentence.ts'
import { LinkBadge } from './link/link-badge.tsx'
import { LinkDetails } from './link/link-details.tsx'
import { LinkStrip } from './link/link-strip.tsx'
import { LinkHint } from './links/link-hint.tsx'
import { LinksDialog } from './links/links-dialog.tsx'
import type { LiveTerminal } from './live-terminal.ts'
import { ReadableView } from './reading/readable-view.tsx'
import { SearchBar } from './search/search-bar.tsx'
import { SizeStrip } from './size-strip.tsx'
import { terminalRegistry } from './terminal-registry.ts'
import type { TerminalScreen } from './terminal-screen.ts'
import { DropHint, UploadStrip } from './upload/upload-strip.tsx'
import { useDropZone } from './upload/use-drop-zone.ts'

type TerminalPaneProps = {
  terminal: LiveTerminal
  label: string
  /** Whether its worker takes files. */
  canUpload: boolean
  /** When it ended (ISO 8601), where that is known. */
  endedAt: string | undefined
  /** Opens another in its place, once it has ended; absent while its workspace does not run. */
  onRestart: (() => void) | undefined
  onRetry: () => void
}

/** Where a terminal is looked at, with what it has to say of its connection and its end. */
export function TerminalPane({ terminal, label, canUpload, endedAt, onRestart, onRetry }: TerminalPaneProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useSyncExternalStore(terminal.subscribe, terminal.read)
  useEffect(() => {
    if (place.current !== null) terminal.show(place.current)
    return () => {
      terminal.hide()
      terminalRegistry.trim()
    }
  }, [terminal])
  useEffect(() => terminal.label(label), [terminal, label])
  const { state, screen } = view
  const takesFiles = canUpload && state.status === 'live' && screen !== undefined
  const zone = useDropZone(
    takesFiles
      ? (dropped) => {
          screen.uploads.add(dropped)
          terminal.focus()
        }
      : undefined,
  )
  return (
    <div className="flex h-full min-h-0 flex-col">
      {view.skippedBytes === 0 ? null : (
        <p role="status" className="border-b border-line px-4 py-1 text-center text-meta text-muted">
          {strings.terminals.gap(formatBytes(view.skippedBytes))}
        </p>
      )}
      <div
        className={clsx(
          'terminal-frame relative min-h-0 flex-1 border-2 bg-terminal',
          view.hasBell ? 'border-warn' : 'border-transparent',
        )}
        {...zone.handlers}
      >
        <Cards terminal={terminal} screen={screen} />
        {view.screen === undefined ? null : <LinkHint links={view.screen.links} />}
        {view.screen === undefined ? null : <ReadableView terminal={terminal} screen={view.screen} />}
        <div ref={place} className={clsx('h-full', state.status === 'failed' && 'invisible')} />
        {zone.isOver ? <DropHint /> : null}
        {state.status === 'connecting' ? <Starting /> : null}
        {state.status === 'failed' ? <Failed message={state.message} hint={state.hint} onRetry={onRetry} /> : null}
      </div>
      <Ended how={endingOf(state, endedAt)} onRestart={onRestart} />
    </div>
  )
}

/** Over the terminal, not above it: a strip that comes and goes must not change the size of the shell's window. */
function Cards({ terminal, screen }: { terminal: LiveTerminal; screen: TerminalScreen | undefined }) {
  return (
    <div className="absolute top-2 right-4 z-10 flex max-w-[calc(100%-32px)] flex-col items-end gap-2">
      {screen === undefined ? null : <OfScreen terminal={terminal} screen={screen} />}
      <Card>
        <SizeStrip terminal={terminal} />
      </Card>
      <Card>
        <LinkStrip terminal={terminal} />
      </Card>
      <LinkDetails terminal={terminal}>
        <Card>
          <LinkBadge terminal={terminal} />
        </Card>
      </LinkDetails>
    </div>
  )
}

/** How a terminal ended, in words; nothing where it has not. */
function endingOf(state: TerminalState, endedAt: string | undefined): string | undefined {
  const at = endedAt === undefined ? undefined : formatWhen(endedAt, Date.now())
  if (state.status === 'stopped') return strings.terminals.endedByStop(at)
  if (state.status !== 'exited') return undefined
  const how = exitSentence(state.exit)
  return at === undefined ? how : strings.terminals.endedAt(how, at)
}

function Ended({ how, onRestart }: { how: string | undefined; onRestart: (() => void) | undefined }) {
  if (how === undefined) return null
  return (
    <Notice
      strip
      kind="stopped"
      className="border-t border-b-0"
      title={how}
      actions={
        onRestart === undefined ? null : (
          <Button size="small" onClick={onRestart}>
            {strings.terminals.restart}
          </Button>
        )
      }
    />
  )
}

/** What the emulator has to show or to ask, over it. */
function OfScreen({ terminal, screen }: { terminal: LiveTerminal; screen: TerminalScreen }) {
  return (
    <>
      <Card>
        <SearchBar terminal={terminal} search={screen.search} />
      </Card>
      <Card>
        <ClipboardStrip terminal={terminal} clipboard={screen.clipboard} />
      </Card>
      <Card>
        <UploadStrip terminal={terminal} uploads={screen.uploads} />
      </Card>
      <PasteDialog paste={screen.paste} />
      <LinksDialog links={screen.links} />
    </>
  )
}

function Card({ children }: { children: ReactNode }) {
  return (
    <div className="max-w-full overflow-hidden rounded-card border border-line shadow-overlay empty:hidden">
      {children}
    </div>
  )
}

function Starting() {
  return (
    <Delayed>
      <p role="status" className="absolute top-3 left-4 flex items-center gap-2 text-muted">
        <StatusIcon kind="busy" label={null} />
        {strings.terminals.starting}
      </p>
    </Delayed>
  )
}

function Failed({ message, hint, onRetry }: { message: string; hint: string | undefined; onRetry: () => void }) {
  return (
    <div role="alert" className="absolute inset-0 bg-bg">
      <EmptyState
        icon={<StatusIcon kind="failed" label={null} />}
        title={strings.terminals.failed}
        body={hint === undefined ? message : `${message} ${hint}`}
      >
        <Button onClick={onRetry}>{strings.terminals.tryAgain}</Button>
      </EmptyState>
    </div>
  )
}
