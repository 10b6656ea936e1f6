import './ui/theme.css'
import { QueryClient } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startFeeds } from './app/start-feeds.ts'
import { followModifiers } from './app/switching/walk.ts'
import { refuseStrayFiles } from './features/terminals/upload/refuse-stray-files.ts'
import { followAppearance } from './platform/appearance.ts'
import { detectPlatform } from './platform/detect.ts'
import { allowRuntimeStyles } from './platform/style-nonce.ts'
import { keepLists } from './worker/keep-lists.ts'

allowRuntimeStyles(document)
refuseStrayFiles(document)
const platform = detectPlatform(window)
const appearance = followAppearance(platform.settings)
const queries = new QueryClient({
  defaultOptions: {
    // The worker of this computer answers without any network; of the others, their links know.
    queries: { networkMode: 'always', refetchOnWindowFocus: false, refetchOnReconnect: false },
    mutations: { networkMode: 'always' },
  },
})
startFeeds(platform.workers, queries)
followModifiers(window)
if (platform.keptLists !== undefined) {
  keepLists({ workers: platform.workers, queries, lists: platform.keptLists, page: window })
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(<App platform={platform} appearance={appearance} queries={queries} />)
