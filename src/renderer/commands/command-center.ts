import { type Chord, formatChord, type KeyPress, matchesChord } from './chord.ts'
import {
  BROWSER_CHORDS,
  COMMAND_IDS,
  type CommandContext,
  type CommandId,
  definitionOf,
  LEADER_CHORD,
  NUMBERED_WORKSPACES,
  numberedChord,
} from './definitions.ts'

export type Keyboard = { os: 'mac' | 'windows' | 'linux'; reservedChords: boolean }

/** What carries a command out now, or the reason why it cannot. */
export type CommandHandler = { run: () => void; unavailable?: string | undefined }

/** What a key asks for. */
export type KeyClaim = { kind: 'command'; id: CommandId } | { kind: 'workspace'; position: number } | { kind: 'leader' }

/** The chords of a command in this shell: those that the browser keeps are left out. */
export function chordsOf(id: CommandId, { os, reservedChords }: Keyboard): readonly Chord[] {
  const definition = definitionOf(id)
  const { mac, other, windows } = definition
  const chords = (os === 'mac' ? mac : os === 'windows' ? (windows ?? other) : other) ?? []
  return reservedChords ? chords.filter((chord) => !BROWSER_CHORDS.has(chord)) : chords
}

/** How a command is reached by keys, to show beside its name: its chord, or else leader and letter. */
export function shownChord(id: CommandId, keyboard: Keyboard): string | undefined {
  const [chord] = chordsOf(id, keyboard)
  if (chord !== undefined) return formatChord(chord)
  const { leader } = definitionOf(id)
  return leader === undefined ? undefined : `${formatChord(LEADER_CHORD)}, ${formatChord(leader)}`
}

/** What Berth claims of a key; undefined: it goes to the shell, or to the control that has the focus. */
export function claimOf(press: KeyPress, place: 'terminal' | 'elsewhere', keyboard: Keyboard): KeyClaim | undefined {
  if (matchesChord(LEADER_CHORD, press)) return { kind: 'leader' }
  const id = COMMAND_IDS.find(
    (candidate) =>
      countsIn(definitionOf(candidate).context, place) &&
      chordsOf(candidate, keyboard).some((chord) => matchesChord(chord, press)),
  )
  if (id !== undefined) return { kind: 'command', id }
  for (let position = 1; position <= NUMBERED_WORKSPACES; position += 1) {
    if (matchesChord(numberedChord(keyboard.os, position), press)) return { kind: 'workspace', position }
  }
  return undefined
}

function countsIn(context: CommandContext, place: 'terminal' | 'elsewhere'): boolean {
  return context === 'anywhere' || (context === 'terminal') === (place === 'terminal')
}

/** Who carries out which command now. The one that came last and still stands is asked. */
export function createCommandCenter() {
  const handlers = new Map<CommandId, CommandHandler[]>()
  const listeners = new Set<() => void>()
  let version = 0

  const changed = (): void => {
    version += 1
    for (const listener of listeners) listener()
  }

  return {
    register(id: CommandId, handler: CommandHandler): () => void {
      handlers.set(id, [...(handlers.get(id) ?? []), handler])
      changed()
      return () => {
        handlers.set(
          id,
          (handlers.get(id) ?? []).filter((other) => other !== handler),
        )
        changed()
      }
    },
    handlerOf: (id: CommandId): CommandHandler | undefined => handlers.get(id)?.at(-1),
    /** Counts changes, for `useSyncExternalStore`. */
    version: (): number => version,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type CommandCenter = ReturnType<typeof createCommandCenter>
