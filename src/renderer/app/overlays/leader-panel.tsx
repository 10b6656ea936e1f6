import { formatChord, matchesKey } from '../../commands/chord.ts'
import { useCommandIds, useCommandState } from '../../commands/context.ts'
import { type CommandId, definitionOf } from '../../commands/definitions.ts'
import { strings } from '../../strings/index.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useCloseAndRun } from './after-close.ts'
import { useOverlay } from './overlay.ts'

/** After the leader key: one letter does it. Everything that a browser keeps for itself can be reached here. */
export function LeaderPanel() {
  const { close } = useOverlay()
  const { closeAndRun, afterClose } = useCloseAndRun()
  const center = useCommandState()
  const lettered = useCommandIds().flatMap((id) => {
    const { leader } = definitionOf(id)
    return leader === undefined ? [] : [{ id, leader }]
  })
  const run = (id: CommandId): void => {
    const handler = center.handlerOf(id)
    if (handler !== undefined && handler.unavailable === undefined) closeAndRun(handler.run)
  }
  return (
    <Dialog
      title={strings.commands.leaderTitle}
      description={strings.commands.leaderHint}
      onClose={close}
      afterClose={afterClose}
      onOpenAutoFocus={(event) => {
        event.preventDefault()
        document.getElementById('leader-list')?.focus()
      }}
    >
      <ul
        id="leader-list"
        tabIndex={-1}
        aria-label={strings.commands.list}
        className="grid grid-cols-1 gap-x-4 narrow:grid-cols-2 focus-visible:outline-none"
        onKeyDown={(event) => {
          const found = lettered.find(({ leader }) => leader !== 'Escape' && matchesKey(leader, event.nativeEvent))
          if (found === undefined || event.ctrlKey || event.metaKey || event.altKey) return
          event.preventDefault()
          run(found.id)
        }}
      >
        {lettered.map(({ id, leader }) => {
          const handler = center.handlerOf(id)
          const isOff = handler === undefined || handler.unavailable !== undefined
          return (
            <li key={id}>
              <button
                type="button"
                aria-disabled={isOff || undefined}
                onClick={() => run(id)}
                className="flex h-8 w-full items-center gap-3 rounded-control px-2 text-left hover:bg-hover aria-disabled:text-disabled touch-target"
              >
                <kbd className="w-12 shrink-0 font-mono">{formatChord(leader)}</kbd>
                <span className="truncate">{strings.commands.title[id]}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
