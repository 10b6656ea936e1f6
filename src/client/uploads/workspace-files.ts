import type { UploadFile, WorkerLink, WorkspaceFiles } from '../worker-client.ts'
import { sendFile } from './send-file.ts'

/** Files of one worker's clients that are sent at once; more of them would only share the same link. */
const MOST_AT_ONCE = 3

/** The files of the workspaces of a worker, over `link`, until `disposed` aborts. */
export function workspaceFiles(link: Pick<WorkerLink, 'openUpload'>, disposed: AbortSignal): WorkspaceFiles {
  let running = 0
  const waiting: (() => void)[] = []
  const turn = async (signal: AbortSignal): Promise<void> => {
    if (running >= MOST_AT_ONCE) await untilCalled(waiting, signal)
    else running += 1
  }
  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
  return {
    upload: async (file: UploadFile) => {
      const signal = file.signal === undefined ? disposed : AbortSignal.any([disposed, file.signal])
      signal.throwIfAborted()
      await turn(signal)
      try {
        return await sendFile(await link.openUpload(file.workspace, signal), file, signal)
      } finally {
        leave()
      }
    },
  }
}

/** Waits in `line` until it is called, or leaves it when `signal` aborts. */
async function untilCalled(line: (() => void)[], signal: AbortSignal): Promise<void> {
  const place = { isReached: false }
  await new Promise<void>((resolve) => {
    const called = (): void => {
      place.isReached = true
      signal.removeEventListener('abort', leave)
      resolve()
    }
    const leave = (): void => {
      line.splice(line.indexOf(called), 1)
      resolve()
    }
    line.push(called)
    signal.addEventListener('abort', leave, { once: true })
  })
  if (!place.isReached) signal.throwIfAborted()
}
