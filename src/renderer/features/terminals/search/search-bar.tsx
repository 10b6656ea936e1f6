import clsx from 'clsx'
import { CaseSensitive, ChevronDown, ChevronUp, type LucideIcon, Regex, WholeWord, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'
import { useChord, useCommand } from '../../../commands/context.ts'
import { strings } from '../../../strings/index.ts'
import { TextInput } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'
import type { LiveTerminal } from '../live-terminal.ts'
import { MAX_MATCHES, type SearchOptions, type SearchOutcome, type TerminalSearch } from './terminal-search.ts'

const OPTIONS: readonly { option: keyof SearchOptions; Icon: LucideIcon }[] = [
  { option: 'caseSensitive', Icon: CaseSensitive },
  { option: 'wholeWord', Icon: WholeWord },
  { option: 'regex', Icon: Regex },
]

/** The search over a terminal, while it is open. Escape gives the keyboard back to the terminal. */
export function SearchBar({ terminal, search }: { terminal: LiveTerminal; search: TerminalSearch }) {
  const { isOpen } = useSyncExternalStore(search.subscribe, search.read)
  return isOpen ? <OpenBar terminal={terminal} search={search} /> : null
}

function OpenBar({ terminal, search }: { terminal: LiveTerminal; search: TerminalSearch }) {
  const { term, options, outcome, asked } = useSyncExternalStore(search.subscribe, search.read)
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (asked > 0) box.current?.select()
  }, [asked])
  useCommand('find-next', () => search.next())
  useCommand('find-previous', () => search.previous())
  const close = (): void => {
    search.close()
    terminal.focus()
  }
  return (
    <search
      className="flex flex-wrap items-center gap-1 bg-raised p-1"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        close()
      }}
    >
      <div className="w-44 max-w-full">
        <TextInput
          ref={box}
          type="search"
          aria-label={strings.terminals.search.label}
          placeholder={strings.terminals.search.label}
          aria-invalid={outcome.kind === 'invalid' ? true : undefined}
          value={term}
          onChange={(event) => search.look({ term: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            if (event.shiftKey) search.previous()
            else search.next()
          }}
        />
      </div>
      {OPTIONS.map(({ option, Icon }) => (
        <Toggle
          key={option}
          label={strings.terminals.search.options[option]}
          isOn={options[option]}
          onToggle={() => search.look({ options: { [option]: !options[option] } })}
        >
          <Icon size={16} aria-hidden />
        </Toggle>
      ))}
      <p
        role="status"
        className={clsx('min-w-20 px-1 text-meta', outcome.kind === 'invalid' ? 'text-error' : 'text-muted')}
      >
        {outcomeText(outcome)}
      </p>
      <Step command="find-previous" onClick={() => search.previous()} icon={<ChevronUp size={16} aria-hidden />} />
      <Step command="find-next" onClick={() => search.next()} icon={<ChevronDown size={16} aria-hidden />} />
      <IconButton label={strings.terminals.search.close} icon={<X size={16} aria-hidden />} onClick={close} />
    </search>
  )
}

function Step(props: { command: 'find-next' | 'find-previous'; icon: ReactNode; onClick: () => void }) {
  const chord = useChord(props.command)
  return (
    <IconButton label={strings.commands.title[props.command]} chord={chord} icon={props.icon} onClick={props.onClick} />
  )
}

function Toggle(props: { label: string; isOn: boolean; onToggle: () => void; children: ReactNode }) {
  return (
    <Tooltip label={props.label}>
      <button
        type="button"
        aria-label={props.label}
        aria-pressed={props.isOn}
        onClick={props.onToggle}
        className={clsx(
          'flex size-8 items-center justify-center rounded-control border touch-target',
          props.isOn ? 'border-accent bg-selected' : 'border-transparent hover:bg-hover',
        )}
      >
        {props.children}
      </button>
    </Tooltip>
  )
}

function outcomeText(outcome: SearchOutcome): string {
  const { search } = strings.terminals
  switch (outcome.kind) {
    case 'idle':
      return ''
    case 'invalid':
      return search.invalid
    case 'found':
      if (outcome.count === 0) return search.none
      // Beyond the limit the addon does not count on, nor say where it stands.
      return outcome.count >= MAX_MATCHES ? search.many(MAX_MATCHES) : search.found(outcome.position, outcome.count)
  }
}
