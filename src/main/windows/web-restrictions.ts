import type { Session, WebContents } from 'electron'
import type { Logger } from 'pino'

/** What a page of ours may ask of the system: the clipboard, without which a terminal cannot copy and paste. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'clipboard-read'])

/** Requests that leave this computer, or read its files, do not come from our pages: they are cut off here too. */
const OUTSIDE = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*']

/** Denies what pages could ask of the system, and every request that leaves the app's own scheme. */
export function restrictSession(session: Session, appOrigin: string): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(ALLOWED_PERMISSIONS.has(permission) && isAt(appOrigin, contents.getURL()))
  })
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => ALLOWED_PERMISSIONS.has(permission) && isAt(appOrigin, origin),
  )
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest({ urls: OUTSIDE }, (_details, answer) => answer({ cancel: true }))
  // A page saves what it made itself (a log); the system asks where to.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault()
  })
}

function isAt(origin: string, url: string): boolean {
  return url === origin || url.startsWith(`${origin}/`)
}

/** Keeps a page where it is: no other address, no new window, no embedded page. */
export function restrictContents(contents: WebContents, deps: { appOrigin: string; log: Logger }): void {
  const { appOrigin, log } = deps
  const keep = (event: { preventDefault(): void; url: string }): void => {
    if (isAt(appOrigin, event.url)) return
    event.preventDefault()
    log.warn('refused a navigation')
  }
  contents.on('will-navigate', keep)
  contents.on('will-redirect', keep)
  contents.on('will-frame-navigate', keep)
  contents.setWindowOpenHandler(() => {
    log.warn('refused a new window')
    return { action: 'deny' }
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
