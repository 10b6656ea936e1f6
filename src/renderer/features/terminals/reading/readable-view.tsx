import { ChevronDown, ChevronUp, RefreshCw, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { strings } from '../../../strings/index.ts'
import { TextInput } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import type { LiveTerminal } from '../live-terminal.ts'
import type { TerminalScreen } from '../terminal-screen.ts'
import { type Match, MatchMark } from './match-mark.tsx'
import { findIn, placeBeside, type ReadableText, readableText } from './readable-text.ts'

/** Lines that stay above the place that is gone to. */
const LINES_ABOVE = 3

/** What the terminal shows and has kept, as text to read line by line, over the terminal until it is closed. */
export function ReadableView({ terminal, screen }: { terminal: LiveTerminal; screen: TerminalScreen }) {
  const isOpen = useSyncExternalStore(screen.reading.subscribe, screen.reading.read)
  return isOpen ? <OpenView terminal={terminal} screen={screen} /> : null
}

function OpenView({ terminal, screen }: { terminal: LiveTerminal; screen: TerminalScreen }) {
  const { area, content, refresh, wanted, look, goToCommand, find, match } = useReading(screen)
  const words = strings.terminals.reading
  const close = (): void => {
    screen.reading.set(false)
    terminal.focus()
  }
  return (
    <section
      aria-label={words.label}
      className="absolute inset-0 z-20 flex flex-col bg-bg"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        close()
      }}
    >
      <div className="flex flex-wrap items-center gap-1 border-b border-line p-1">
        <h2 className="px-2 font-strong">{words.title}</h2>
        <div className="w-44 max-w-full">
          <TextInput
            type="search"
            aria-label={words.search}
            placeholder={words.search}
            value={wanted}
            onChange={(event) => look(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              find(event.shiftKey ? -1 : 1)
            }}
          />
        </div>
        <Found content={content} wanted={wanted} />
        <Tool
          label={words.previousCommand}
          icon={<ChevronUp size={16} aria-hidden />}
          onClick={() => goToCommand(-1)}
        />
        <Tool label={words.nextCommand} icon={<ChevronDown size={16} aria-hidden />} onClick={() => goToCommand(1)} />
        <Tool label={words.refresh} icon={<RefreshCw size={16} aria-hidden />} onClick={refresh} />
        <Tool label={words.close} icon={<X size={16} aria-hidden />} onClick={close} />
      </div>
      <div className="relative flex min-h-0 flex-1">
        <textarea
          ref={area}
          readOnly
          aria-label={words.text}
          value={content.text}
          wrap="off"
          spellCheck={false}
          className="flex-1 resize-none bg-surface p-2 font-mono text-body focus-inset"
        />
        {match === undefined ? null : <MatchMark area={area} text={content.text} match={match} />}
      </div>
    </section>
  )
}

/** The text as it was when it was last read, and the ways to go through it. It begins where the terminal is: at the end. */
function useReading(screen: TerminalScreen) {
  const read = (): ReadableText => readableText(screen.xterm.buffer.active, screen.commands.finished())
  const [content, setContent] = useState(read)
  const [wanted, setWanted] = useState('')
  const [match, setMatch] = useState<Match>()
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    goTo(area.current, Number.POSITIVE_INFINITY, 0)
    area.current?.focus()
  }, [])
  const at = (): number => area.current?.selectionStart ?? 0
  const goToCommand = (by: 1 | -1): void => {
    const place = placeBeside(content.commands, at(), by)
    if (place === undefined) return
    setMatch(undefined)
    goTo(area.current, place, 0)
    area.current?.focus()
  }
  const find = (by: 1 | -1): void => {
    const place = findIn(content.text, wanted, { from: at(), by })
    if (place === undefined) return
    goTo(area.current, place, wanted.length)
    setMatch({ place, length: wanted.length })
  }
  const look = (text: string): void => {
    setWanted(text)
    setMatch(undefined)
  }
  const refresh = (): void => {
    setContent(read())
    setMatch(undefined)
  }
  return { area, content, refresh, wanted, look, goToCommand, find, match }
}

function Tool(props: { label: string; icon: ReactNode; onClick: () => void }) {
  return <IconButton label={props.label} icon={props.icon} onClick={props.onClick} />
}

function Found({ content, wanted }: { content: ReadableText; wanted: string }) {
  const count = wanted === '' ? 0 : content.text.toLowerCase().split(wanted.toLowerCase()).length - 1
  return (
    <p role="status" className="min-w-16 px-1 text-meta text-muted">
      {wanted === '' ? '' : strings.terminals.reading.found(count)}
    </p>
  )
}

/** Selects `length` characters at `place`, and scrolls their line into sight. */
function goTo(area: HTMLTextAreaElement | null, place: number, length: number): void {
  if (area === null) return
  const start = Math.min(place, area.value.length)
  area.setSelectionRange(start, start + length)
  const line = area.value.slice(0, start).split('\n').length - 1
  const lines = area.value.split('\n').length
  area.scrollTop = (area.scrollHeight / Math.max(1, lines)) * Math.max(0, line - LINES_ABOVE)
}
