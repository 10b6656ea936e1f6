import { useRef, useState } from 'react'
import { usePlatform, useSettings } from '../../platform/context.ts'
import { MAX_IMPORTED_THEMES, type TerminalTheme } from '../../platform/terminal-theme.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { MAX_THEME_FILE_BYTES, readThemes } from './import-theme.ts'

/** Which colours terminals have: Berth's own, which follow the app, or those of a file. */
export function TerminalThemeSetting() {
  const { settings } = usePlatform()
  const { terminalTheme, importedThemes } = useSettings()
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const words = strings.settings
  const current = importedThemes.find(({ name }) => name === terminalTheme)
  const add = (themes: readonly TerminalTheme[]): void => {
    const [first] = themes
    if (first === undefined) {
      setProblem(words.themeUnreadable)
      return
    }
    setProblem(undefined)
    const kept = importedThemes.filter(({ name }) => themes.every((theme) => theme.name !== name))
    settings.update({ importedThemes: [...themes, ...kept].slice(0, MAX_IMPORTED_THEMES), terminalTheme: first.name })
  }
  const remove = (name: string): void =>
    settings.update({ importedThemes: importedThemes.filter((theme) => theme.name !== name), terminalTheme: '' })
  return (
    <div className="flex flex-wrap items-start gap-2">
      <div className="w-80 max-w-full">
        <Field label={words.terminalTheme} help={words.terminalThemeHelp} error={problem}>
          {(ids) => (
            <Select
              {...ids}
              value={current?.name ?? ''}
              onChange={(event) => settings.update({ terminalTheme: event.currentTarget.value })}
            >
              <option value="">{words.ownTheme}</option>
              {importedThemes.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {/* Beside the choice, below the height of its label. */}
      <div className="flex flex-wrap gap-2 pt-6">
        <ImportButton onThemes={add} />
        {current === undefined ? null : <Button onClick={() => remove(current.name)}>{words.removeTheme}</Button>}
      </div>
    </div>
  )
}

function ImportButton({ onThemes }: { onThemes: (themes: readonly TerminalTheme[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    onThemes(file.size > MAX_THEME_FILE_BYTES ? [] : readThemes(await file.text(), file.name))
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".itermcolors,.json"
        hidden
        onChange={(event) => {
          void take(event.currentTarget.files?.[0])
          // The same file can be chosen again.
          event.currentTarget.value = ''
        }}
      />
      <Button onClick={() => input.current?.click()}>{strings.settings.importTheme}</Button>
    </>
  )
}
