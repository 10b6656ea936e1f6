import { formatChord } from '../../commands/chord.ts'
import { chordsOf } from '../../commands/command-center.ts'
import { useCommandIds, useKeyboard } from '../../commands/context.ts'
import { type CommandGroup, definitionOf, LEADER_CHORD } from '../../commands/definitions.ts'
import { strings } from '../../strings/index.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useOverlay } from './overlay.ts'

const GROUPS: readonly CommandGroup[] = ['navigate', 'workspace', 'terminal', 'view']

/** Every chord there is in this shell; it is made of the same registry that the keys go by. */
export function Shortcuts() {
  const { close } = useOverlay()
  return (
    <Dialog
      title={strings.commands.helpTitle}
      description={strings.commands.helpIntro}
      onClose={close}
      isText
      className="max-w-180"
    >
      <div className="flex flex-col gap-6 pb-4">
        {GROUPS.map((group) => (
          <ShortcutGroup key={group} group={group} />
        ))}
      </div>
    </Dialog>
  )
}

function ShortcutGroup({ group }: { group: CommandGroup }) {
  const keyboard = useKeyboard()
  const rows = useCommandIds()
    .filter((id) => definitionOf(id).group === group)
    .map((id) => ({ id, chords: chordsOf(id, keyboard), leader: definitionOf(id).leader }))
    .filter(({ chords, leader }) => chords.length > 0 || leader !== undefined)
  return (
    <table className="w-full table-fixed text-left">
      <caption className="pb-1 text-left text-section font-strong">{strings.commands.group[group]}</caption>
      <thead className="text-meta text-muted">
        <tr>
          <th scope="col" className="w-1/2 py-1 font-normal">
            {strings.commands.action}
          </th>
          <th scope="col" className="py-1 font-normal">
            {strings.commands.keys}
          </th>
          <th scope="col" className="py-1 font-normal">
            {strings.commands.leaderColumn(formatChord(LEADER_CHORD))}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, chords, leader }) => (
          <tr key={id} className="border-t border-line">
            <th scope="row" className="py-1 pr-2 font-normal">
              {strings.commands.title[id]}
            </th>
            <td className="py-1 pr-2">{chords.map((chord) => formatChord(chord)).join(', ')}</td>
            <td className="py-1">{leader === undefined ? '' : formatChord(leader)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
