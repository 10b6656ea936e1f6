import type { App } from 'electron'

/**
 * The URLs that macOS hands over. The one that starts the app comes before the app is ready, and once: it is made at the first line of the
 * program, and keeps them until somebody follows.
 * Source: https://www.electronjs.org/docs/latest/api/app#event-open-url-macos
 */
export class OpenedUrls {
  readonly #early: string[] = []
  #follow: ((url: string) => void) | undefined

  constructor(app: Pick<App, 'on'>) {
    app.on('open-url', (event, url) => {
      event.preventDefault()
      if (this.#follow === undefined) this.#early.push(url)
      else this.#follow(url)
    })
  }

  /** Tells `listener` each URL: those that have come already, and those that come. */
  follow(listener: (url: string) => void): void {
    this.#follow = listener
    for (const url of this.#early.splice(0)) listener(url)
  }
}
