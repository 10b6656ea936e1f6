import { createTabStore } from './tab-store.ts'

/** The tabs of this window. */
export const tabStore = createTabStore(sessionStorage)
