import { layoutsInDatabase } from './layout-memory.ts'
import { createTabStore } from './tab-store.ts'

/** The tabs of this window. */
export const tabStore = createTabStore(layoutsInDatabase(window))
