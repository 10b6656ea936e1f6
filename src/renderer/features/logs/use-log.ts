import { useEffect, useState } from 'react'
import type { LogLine } from '../../../contract/agent/log-line.ts'
import { readStream, type StreamState } from '../../worker/read-stream.ts'
import type { Worker } from '../../worker/workers.ts'
import { type ShownLine, withLines } from './log-lines.ts'

const TAIL_LINES = 2000
/** Lines that come together are drawn together. */
const DRAWN_EVERY_MS = 60

/** The end of a workspace's log and what comes, as long as somebody looks. */
export function useLog(worker: Worker, name: string): { lines: readonly ShownLine[]; state: StreamState } {
  const [lines, setLines] = useState<readonly ShownLine[]>([])
  const [state, setState] = useState<StreamState>({ status: 'opening' })
  const { client } = worker
  useEffect(() => {
    const left = new AbortController()
    let came: LogLine[] = []
    let isAnew = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const draw = (): void => {
      timer = undefined
      const added = came
      const from = isAnew ? [] : undefined
      came = []
      isAnew = false
      setLines((known) => withLines(from ?? known, added))
    }
    const onItem = (line: LogLine): void => {
      came.push(line)
      timer ??= setTimeout(draw, DRAWN_EVERY_MS)
    }
    const onState = (next: StreamState): void => {
      // Each stream begins with the end of the whole log.
      if (next.status === 'live') isAnew = true
      setState(next)
    }
    const open = (signal: AbortSignal) => client.api.workspaces.followLogs({ name, tail: TAIL_LINES }, { signal })
    void readStream(client, { open, onItem, onState }, left.signal)
    return () => {
      left.abort()
      clearTimeout(timer)
    }
  }, [client, name])
  return { lines, state }
}
