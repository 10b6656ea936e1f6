import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { APP_COMMANDS } from '../../contract/desktop/index.ts'
import { menuTemplate } from './application-menu.ts'

function items(platform: NodeJS.Platform, isPackaged = true, sent: string[] = []): MenuItemConstructorOptions[] {
  return menuTemplate({ platform, isPackaged, send: (command) => sent.push(command), act: () => undefined }).flatMap(
    (menu) => (Array.isArray(menu.submenu) ? [menu, ...menu.submenu] : [menu]),
  )
}

describe.each(['darwin', 'win32', 'linux'] as const)('the menu on %s', (platform) => {
  it('has every command of the contract once, and sends it', () => {
    const sent: string[] = []
    const commands = items(platform, true, sent).filter((item) => item.id !== undefined)
    for (const item of commands) Reflect.apply(item.click ?? (() => undefined), undefined, [])
    expect(sent.toSorted()).toEqual([...APP_COMMANDS].toSorted())
  })

  it('offers neither reload nor development tools in a release', () => {
    const roles = items(platform).map((item) => item.role?.toLowerCase())
    expect(roles).not.toContain('reload')
    expect(roles).not.toContain('forcereload')
    expect(roles).not.toContain('viewmenu')
    expect(roles).not.toContain('toggledevtools')
    expect(items(platform, false).map((item) => item.role)).toContain('toggleDevTools')
  })

  it('gives no chord of its own two meanings', () => {
    const chords = items(platform).flatMap((item) => (item.accelerator === undefined ? [] : [item.accelerator]))
    expect(new Set(chords).size).toBe(chords.length)
  })
})

describe('the menu on Windows and Linux', () => {
  it('leaves Ctrl+letter to the shell', () => {
    for (const item of items('linux')) {
      if (item.accelerator !== undefined) expect(item.accelerator).toMatch(/^Ctrl\+Shift\+/)
    }
    // A role brings a chord with it: only these have none with a letter.
    const harmless = ['resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen']
    const roles = items('linux').filter((item) => item.role !== undefined && !harmless.includes(item.role))
    expect(roles.filter((item) => item.registerAccelerator !== false)).toEqual([])
  })
})
