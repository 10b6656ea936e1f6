import { usePlatform, useSettings } from '../../platform/context.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'

/** What was decided about programs that set the clipboard, to take back. Nothing is shown where nobody was asked. */
export function ClipboardRights() {
  const { settings } = usePlatform()
  const { clipboardRights } = useSettings()
  const decided = Object.entries(clipboardRights)
  const words = strings.settings
  if (decided.length === 0) return null
  const forget = (place: string): void =>
    settings.update({ clipboardRights: Object.fromEntries(decided.filter(([other]) => other !== place)) })
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-section font-strong">{words.clipboard}</h2>
      <p className="text-muted">{words.clipboardHelp}</p>
      <ul className="flex flex-col gap-1">
        {decided.map(([place, right]) => (
          <li key={place} className="flex flex-wrap items-center gap-3">
            <span className="min-w-40 break-all">{place}</span>
            <span className="min-w-20 text-muted">{words.clipboardRight[right]}</span>
            <Button size="small" aria-label={words.forgetClipboard(place)} onClick={() => forget(place)}>
              {words.askAgain}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
