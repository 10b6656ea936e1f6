/** What is kept of small things over reloads, by name. */
export type PageStorage = Pick<Storage, 'getItem' | 'setItem'>

/**
 * The local storage of a page's origin, which never throws: what the browser blocks (cookies that are forbidden take it along) or
 * has no room for lasts as long as the page.
 */
export function storageOf(page: Pick<Window, 'localStorage'>): PageStorage {
  const unkept = new Map<string, string>()
  return {
    getItem: (name) => {
      const value = unkept.get(name)
      if (value !== undefined) return value
      try {
        return page.localStorage.getItem(name)
      } catch {
        return null
      }
    },
    setItem: (name, value) => {
      try {
        page.localStorage.setItem(name, value)
        unkept.delete(name)
      } catch {
        unkept.set(name, value)
      }
    },
  }
}

/** That of this page. Nothing else touches `localStorage`, whose very name throws where it is blocked. */
export const pageStorage = storageOf(globalThis)
