import { expect, it } from 'vitest'
import { createSettings } from './settings.ts'

function storageWith(text: string | null) {
  const kept = { text }
  return {
    kept,
    getItem: () => kept.text,
    setItem: (_key: string, value: string) => {
      kept.text = value
    },
  }
}

it('survives a reload', () => {
  const storage = storageWith(null)
  createSettings({ storage }).update({ scrollbackLines: 700, clipboardRights: { 'local/api': 'allowed' } })
  const { scrollbackLines, clipboardRights, theme } = createSettings({ storage }).read()
  expect({ scrollbackLines, clipboardRights, theme }).toEqual({
    scrollbackLines: 700,
    clipboardRights: { 'local/api': 'allowed' },
    theme: 'system',
  })
})

it('takes what it can read, and defaults for the rest', () => {
  const storage = storageWith(JSON.stringify({ theme: 'dark', scrollbackLines: -1, cursorStyle: 'star', more: 1 }))
  expect(createSettings({ storage }).read()).toMatchObject({
    theme: 'dark',
    scrollbackLines: 5000,
    cursorStyle: 'block',
  })
})

it.each(['', 'null', '[]', '{', '"x"'])('works with its defaults where %j is stored', (text) => {
  expect(createSettings({ storage: storageWith(text) }).read().terminalFontSize).toBe(13)
})
