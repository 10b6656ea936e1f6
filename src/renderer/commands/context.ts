import { createContext, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { usePlatform } from '../platform/context.ts'
import { type CommandCenter, type CommandHandler, type Keyboard, shownChord } from './command-center.ts'
import { COMMAND_IDS, type CommandId } from './definitions.ts'

export const CommandContext = createContext<CommandCenter | undefined>(undefined)

export function useCommandCenter(): CommandCenter {
  const center = useContext(CommandContext)
  if (center === undefined) throw new Error('a screen stands outside CommandContext')
  return center
}

/** Re-renders whenever a command appears, goes, or changes whether it can be run. */
export function useCommandState(): CommandCenter {
  const center = useCommandCenter()
  useSyncExternalStore(center.subscribe, center.version)
  return center
}

/** Carries out a command as long as the component stands. `unavailable` is the reason why it cannot be run now. */
export function useCommand(id: CommandId, run: () => void, unavailable?: string): void {
  const center = useCommandCenter()
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    const handler: CommandHandler = { run: () => latest.current(), unavailable }
    return center.register(id, handler)
  }, [center, id, unavailable])
}

/** Of a shell with one worker for good there is nothing to say about others. */
const OF_SEVERAL_WORKERS: ReadonlySet<CommandId> = new Set<CommandId>(['switch-worker', 'choose-worker', 'add-worker'])
const OF_ONE_WORKER = COMMAND_IDS.filter((id) => !OF_SEVERAL_WORKERS.has(id))

/** The commands that this shell has, to be listed. */
export function useCommandIds(): readonly CommandId[] {
  const { registry } = usePlatform()
  return registry === undefined ? OF_ONE_WORKER : COMMAND_IDS
}

export function useKeyboard(): Keyboard {
  const { os, caps } = usePlatform()
  const { reservedChords } = caps
  return useMemo(() => ({ os, reservedChords }), [os, reservedChords])
}

/** How a command is reached by keys in this shell. */
export function useChord(id: CommandId): string | undefined {
  return shownChord(id, useKeyboard())
}
