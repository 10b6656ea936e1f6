import { rm } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { WorkerClient } from '../../src/client/worker-client.ts'
import { say } from '../setup/project.mjs'
import { openBrowser } from './browser.ts'
import { writeSignInPage } from './sign-in-page.ts'

/** How long a code counts where the agent does not tell. */
const CODE_LIFETIME_MS = 300_000

export interface ShownScreens {
  /** The agent whose screens they are. */
  worker: {
    api: { clients: { pair(): Promise<{ code: string; lifetimeMs?: number | undefined }> } }
    onEvent: WorkerClient['onEvent']
  }
  /** Where it serves them, as `http://127.0.0.1:7391`. */
  address: string
  /** Settles when the agent ends, and its code with it. */
  ended?: Promise<unknown>
  /** Where the page goes that signs in; its default is of the project. */
  pageFile?: string
}

/** Opens an agent's screens in the browser, signed in; resolves when the code was used, or serves no more. */
export async function showScreens({ worker, address, ended, pageFile }: ShownScreens): Promise<void> {
  const pairing = await worker.api.clients.pair().catch(() => undefined)
  if (pairing === undefined) {
    console.error(`No pairing code could be had: open ${address} and enter the one that \`npx ws agent pair\` prints.`)
    return
  }
  const url = new URL(`/#pair=${pairing.code.replace('-', '')}`, address)
  const page = await writeSignInPage(url, pageFile)
  const used = changeOfClients(worker, pairing.lifetimeMs ?? CODE_LIFETIME_MS)
  try {
    const opened = await openBrowser(pathToFileURL(page).href)
    say(opened ? `Berth opens in your browser: ${url.href}` : `Open this in a browser: ${url.href}`)
    say('The code in it serves once, within 5 minutes.')
    if (opened) await Promise.race([used.happened, ...(ended === undefined ? [] : [ended])])
  } finally {
    used.stop()
    await rm(page, { force: true })
  }
}

/** When a client has been let in, or any other change of theirs; at the latest after `limitMs`. */
function changeOfClients(
  worker: Pick<WorkerClient, 'onEvent'>,
  limitMs: number,
): { happened: Promise<void>; stop(): void } {
  let stop = (): void => undefined
  const happened = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, limitMs)
    const unsubscribe = worker.onEvent(({ type }) => {
      if (type === 'clients.changed') resolve()
    })
    stop = () => {
      clearTimeout(timer)
      unsubscribe()
    }
  })
  return { happened, stop: () => stop() }
}
