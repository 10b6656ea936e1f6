import type { App } from 'electron'
import type { Logger } from 'pino'
import type { AppRequest } from '../../contract/desktop/pairing.ts'
import { LINK_SCHEME, linkAmong, readBerthLink } from './berth-link.ts'
import type { OpenedUrls } from './opened-urls.ts'

export interface LinkDeps {
  app: Pick<App, 'on' | 'isPackaged' | 'setAsDefaultProtocolClient'>
  opened: OpenedUrls
  log: Logger
  /** Brings the window to the front, or opens it. */
  showWindow: () => void
  /** Hands on what the screen is asked for: a form to be filled in. */
  ask: (request: AppRequest) => void
}

/**
 * Takes `berth://` links: macOS hands them over as an event, the others as an argument of a start. A start
 * without a link shows the window; one with a link that is not ours does nothing, and its text goes nowhere.
 */
export function takeLinks({ app, opened, log, showWindow, ask }: LinkDeps): void {
  const follow = (text: string): void => {
    const link = readBerthLink(text)
    if (link === undefined) {
      log.warn('refused a link')
      return
    }
    showWindow()
    if (link.kind === 'pair') ask(link)
  }
  // The program of a clone is Electron itself: the system would start that, without an app.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)
  opened.follow(follow)
  app.on('second-instance', (_event, argv) => {
    const link = linkAmong(argv)
    if (link === undefined) showWindow()
    else follow(link)
  })
  const first = linkAmong(process.argv)
  if (first !== undefined) follow(first)
}
