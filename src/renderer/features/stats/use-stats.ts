import { useEffect, useState } from 'react'
import type { WorkspaceStats } from '../../../contract/agent/stats.ts'
import { readStream, type StreamState } from '../../worker/read-stream.ts'
import type { Worker } from '../../worker/workers.ts'
import { withSample } from './stats-history.ts'

export const INTERVAL_SECONDS = 2

/** What a workspace uses, from the moment that somebody looks; nothing is measured before or after. */
export function useStats(worker: Worker, name: string): { history: readonly WorkspaceStats[]; state: StreamState } {
  const [history, setHistory] = useState<readonly WorkspaceStats[]>([])
  const [state, setState] = useState<StreamState>({ status: 'opening' })
  const { client } = worker
  useEffect(() => {
    const left = new AbortController()
    void readStream(
      client,
      {
        open: (signal) => client.api.stats({ workspace: name, intervalSeconds: INTERVAL_SECONDS }, { signal }),
        onItem: (sample) => setHistory((known) => withSample(known, sample)),
        onState: setState,
      },
      left.signal,
    )
    return () => left.abort()
  }, [client, name])
  return { history, state }
}
