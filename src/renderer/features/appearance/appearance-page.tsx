import { usePlatform, useSettings } from '../../platform/context.ts'
import { strings } from '../../strings/index.ts'
import { Choice } from '../../ui/choice.tsx'
import { ClipboardRights } from './clipboard-rights.tsx'
import { TerminalSettings } from './terminal-settings.tsx'

const THEMES = ['system', 'light', 'dark'] as const
const CONTRASTS = ['system', 'more'] as const

/** How the app looks on this computer. Every change applies at once. */
export function AppearancePage() {
  const { settings } = usePlatform()
  const { theme, contrast } = useSettings()
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-160 flex-col gap-8 px-4 py-8">
        <header>
          <h1 tabIndex={-1} className="text-page font-strong">
            {strings.settings.title}
          </h1>
          <p className="text-muted">{strings.settings.stored}</p>
        </header>
        <Choice
          legend={strings.settings.theme}
          options={THEMES.map((value) => ({ value, label: strings.settings.themes[value] }))}
          value={theme}
          onChange={(value) => settings.update({ theme: value })}
        />
        <Choice
          legend={strings.settings.contrast}
          options={CONTRASTS.map((value) => ({ value, label: strings.settings.contrasts[value] }))}
          value={contrast}
          onChange={(value) => settings.update({ contrast: value })}
        />
        <TerminalSettings />
        <ClipboardRights />
      </div>
    </div>
  )
}
