import type { MenuItemConstructorOptions } from 'electron'
import type { AppCommand } from '../../contract/desktop/index.ts'

export interface MenuDeps {
  platform: NodeJS.Platform
  /** Development tools are offered in builds made for that only. */
  isPackaged: boolean
  send: (command: AppCommand) => void
  /** Carries out what the system has a role for, without the chord that the role would bring. */
  act: (action: WindowAction) => void
}

export type WindowAction = 'minimize' | 'close' | 'quit'

/**
 * The application's menu. The screen handles the chords of its commands itself (a terminal must get all others), so on
 * Windows and Linux they are only shown here; on macOS the page sees a key first and the menu takes what it left.
 * There is no reload: it would drop what a person has typed in a form.
 */
export function menuTemplate(deps: MenuDeps): MenuItemConstructorOptions[] {
  const isMac = deps.platform === 'darwin'
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    fileMenu(deps, isMac),
    editMenu(isMac),
    viewMenu(deps, isMac),
    isMac ? { role: 'windowMenu' } : windowMenu(deps),
  ]
}

function fileMenu({ send, act }: MenuDeps, isMac: boolean): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      command(send, 'new-workspace', { label: 'New workspace…', accelerator: isMac ? 'Cmd+N' : 'Ctrl+Shift+N' }),
      command(send, 'new-terminal', { label: 'New terminal', accelerator: isMac ? 'Cmd+T' : 'Ctrl+Shift+T' }),
      { type: 'separator' },
      command(send, 'close-terminal', { label: 'Close terminal', accelerator: isMac ? 'Cmd+W' : 'Ctrl+Shift+W' }),
      // On macOS the application menu has it, under the app's name.
      ...(isMac ? [] : [{ type: 'separator' } as const, { label: 'Quit Berth', click: () => act('quit') }]),
    ],
  }
}

/** The system's editing roles, with the chords that leave Ctrl+letter to the shell. */
function editMenu(isMac: boolean): MenuItemConstructorOptions {
  if (isMac) return { role: 'editMenu' }
  return {
    label: '&Edit',
    submenu: [
      { role: 'cut', registerAccelerator: false },
      { role: 'copy', accelerator: 'Ctrl+Shift+C', registerAccelerator: false },
      { role: 'paste', accelerator: 'Ctrl+Shift+V', registerAccelerator: false },
      { type: 'separator' },
      { role: 'selectAll', registerAccelerator: false },
    ],
  }
}

/** The roles of this menu come with Ctrl+W and Ctrl+M, which shells need: so it is made of plain items. */
function windowMenu({ act }: MenuDeps): MenuItemConstructorOptions {
  return {
    label: '&Window',
    submenu: [
      { label: 'Minimize', click: () => act('minimize') },
      { label: 'Close window', click: () => act('close') },
    ],
  }
}

function viewMenu({ send, isPackaged }: MenuDeps, isMac: boolean): MenuItemConstructorOptions {
  return {
    label: '&View',
    submenu: [
      command(send, 'toggle-sidebar', {
        label: 'Show or hide the sidebar',
        accelerator: isMac ? 'Cmd+B' : 'Ctrl+Shift+B',
      }),
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(isPackaged ? [] : [{ type: 'separator' } as const, { role: 'toggleDevTools' } as const]),
    ],
  }
}

function command(
  send: MenuDeps['send'],
  name: AppCommand,
  text: { label: string; accelerator: string },
): MenuItemConstructorOptions {
  return { id: name, ...text, registerAccelerator: false, click: () => send(name) }
}
