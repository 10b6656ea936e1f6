import { type ReactNode, useId, useState } from 'react'
import { usePlatform, useSettings } from '../../platform/context.ts'
import { strings } from '../../strings/index.ts'
import { Field, TextInput } from '../../ui/field.tsx'
import { Choice } from './choice.tsx'

const THEMES = ['system', 'light', 'dark'] as const
const CONTRASTS = ['system', 'more'] as const
const FONT_SIZE = { min: 8, max: 32 }

/** How the app looks on this computer, and below it what else is this app's own. Every change applies at once. */
export function AppearancePage({ children }: { children?: ReactNode }) {
  const { settings } = usePlatform()
  const { theme, contrast, screenReader } = useSettings()
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
        <section className="flex flex-col gap-4">
          <h2 className="text-section font-strong">{strings.settings.terminal}</h2>
          <FontSize />
          <ScreenReader on={screenReader} onChange={(value) => settings.update({ screenReader: value })} />
        </section>
        {children}
      </div>
    </div>
  )
}

function FontSize() {
  const { settings } = usePlatform()
  const { terminalFontSize } = useSettings()
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const text = typed ?? String(terminalFontSize)
  const size = Number(text)
  const fits = Number.isInteger(size) && size >= FONT_SIZE.min && size <= FONT_SIZE.max
  return (
    <div className="w-60 max-w-full">
      <Field
        label={strings.settings.fontSize}
        help={strings.settings.fontSizeHelp}
        error={fits ? undefined : strings.settings.fontSizeError}
      >
        {(ids) => (
          <TextInput
            {...ids}
            inputMode="numeric"
            value={text}
            onChange={(event) => {
              const next = event.currentTarget.value
              setTyped(next)
              const value = Number(next)
              if (Number.isInteger(value) && value >= FONT_SIZE.min && value <= FONT_SIZE.max) {
                settings.update({ terminalFontSize: value })
              }
            }}
            onBlur={() => setTyped(fits ? undefined : typed)}
          />
        )}
      </Field>
    </div>
  )
}

function ScreenReader({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const id = useId()
  return (
    <div className="flex items-start gap-3">
      <input
        id={id}
        type="checkbox"
        checked={on}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="mt-0.5 size-5 accent-primary"
      />
      <div>
        <label htmlFor={id} className="font-strong">
          {strings.settings.screenReader}
        </label>
        <p id={`${id}-help`} className="text-muted">
          {strings.settings.screenReaderHelp}
        </p>
      </div>
    </div>
  )
}
