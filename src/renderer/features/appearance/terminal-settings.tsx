import { useId, useState } from 'react'
import { usePlatform, useSettings } from '../../platform/context.ts'
import { CURSOR_STYLES, SCROLLBACK, TEXT_CONTRASTS } from '../../platform/settings.ts'
import { strings } from '../../strings/index.ts'
import { Choice } from '../../ui/choice.tsx'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import { TerminalThemeSetting } from './terminal-theme-setting.tsx'

const PREDICTIONS = ['auto', 'on', 'off'] as const
const FONT_SIZE = { min: 8, max: 32 }

/** How terminals look and behave in this app. */
export function TerminalSettings() {
  const { settings } = usePlatform()
  const { terminalFontSize, scrollbackLines, cursorStyle, ...flags } = useSettings()
  const words = strings.settings
  return (
    <section className="flex flex-col gap-6">
      <h2 className="text-section font-strong">{words.terminal}</h2>
      <TerminalThemeSetting />
      <div className="flex flex-wrap gap-4">
        <NumberSetting
          label={words.fontSize}
          help={words.fontSizeHelp}
          error={words.fontSizeError}
          range={FONT_SIZE}
          value={terminalFontSize}
          onChange={(value) => settings.update({ terminalFontSize: value })}
        />
        <NumberSetting
          label={words.scrollback}
          help={words.scrollbackHelp}
          error={words.scrollbackError}
          range={SCROLLBACK}
          value={scrollbackLines}
          onChange={(value) => settings.update({ scrollbackLines: value })}
        />
        <Font />
        <TextContrast />
      </div>
      <Choice
        legend={words.cursor}
        options={CURSOR_STYLES.map((value) => ({ value, label: words.cursors[value] }))}
        value={cursorStyle}
        onChange={(value) => settings.update({ cursorStyle: value })}
      />
      <div className="flex flex-col gap-2">
        <Choice
          legend={words.prediction}
          options={PREDICTIONS.map((value) => ({ value, label: words.predictions[value] }))}
          value={flags.prediction}
          onChange={(value) => settings.update({ prediction: value })}
        />
        <p className="text-muted">{words.predictionHelp}</p>
      </div>
      <Flag
        label={words.pastedLines}
        help={words.pastedLinesHelp}
        on={flags.warnsOfPastedLines}
        onChange={(on) => settings.update({ warnsOfPastedLines: on })}
      />
      <Flag
        label={words.screenReader}
        help={words.screenReaderHelp}
        on={flags.screenReader}
        onChange={(on) => settings.update({ screenReader: on })}
      />
    </section>
  )
}

function Font() {
  const { settings } = usePlatform()
  const { terminalFont } = useSettings()
  return (
    <div className="w-60 max-w-full">
      <Field label={strings.settings.font} help={strings.settings.fontHelp}>
        {(ids) => (
          <TextInput
            {...ids}
            maxLength={200}
            value={terminalFont}
            onChange={(event) => settings.update({ terminalFont: event.currentTarget.value })}
          />
        )}
      </Field>
    </div>
  )
}

function TextContrast() {
  const { settings } = usePlatform()
  const { textContrast } = useSettings()
  const words = strings.settings
  return (
    <div className="w-60 max-w-full">
      <Field label={words.textContrast} help={words.textContrastHelp}>
        {(ids) => (
          <Select
            {...ids}
            value={textContrast}
            onChange={(event) => {
              const chosen = TEXT_CONTRASTS.find((value) => value === event.currentTarget.value)
              if (chosen !== undefined) settings.update({ textContrast: chosen })
            }}
          >
            {TEXT_CONTRASTS.map((value) => (
              <option key={value} value={value}>
                {words.textContrasts[value]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  )
}

type NumberSettingProps = {
  label: string
  help: string
  error: string
  range: { min: number; max: number }
  value: number
  onChange: (value: number) => void
}

/** A whole number: what does not fit stays typed, with the reason, and changes nothing. */
function NumberSetting({ label, help, error, range, value, onChange }: NumberSettingProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const fits = (text: string): boolean => /^\d+$/.test(text) && Number(text) >= range.min && Number(text) <= range.max
  const text = typed ?? String(value)
  return (
    <div className="w-60 max-w-full">
      <Field label={label} help={help} error={fits(text) ? undefined : error}>
        {(ids) => (
          <TextInput
            {...ids}
            inputMode="numeric"
            value={text}
            onChange={(event) => {
              const next = event.currentTarget.value
              setTyped(next)
              if (fits(next)) onChange(Number(next))
            }}
            onBlur={() => setTyped(fits(text) ? undefined : typed)}
          />
        )}
      </Field>
    </div>
  )
}

function Flag({
  label,
  help,
  on,
  onChange,
}: {
  label: string
  help: string
  on: boolean
  onChange: (on: boolean) => void
}) {
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
          {label}
        </label>
        <p id={`${id}-help`} className="text-muted">
          {help}
        </p>
      </div>
    </div>
  )
}
