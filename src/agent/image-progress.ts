import type { EventLog } from './services.ts'

/** Says when a workspace's image is being built, which takes long the first time. Returns the way to stop. */
export function tellImageBuilds(events: EventLog, say: (line: string) => void): () => void {
  const stopped = new AbortController()
  void follow(events, { say, signal: stopped.signal })
  return () => stopped.abort()
}

async function follow(
  events: EventLog,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
): Promise<void> {
  const building = new Set<string>()
  for await (const event of events.subscribe(undefined, signal)) {
    if (event.type !== 'workspace.step' || event.step.name !== 'image') continue
    const { state, detail, durationMs = 0 } = event.step
    // An image that is there has no steps of its own to tell.
    if (state === 'running' && detail !== undefined && !building.has(event.name)) {
      building.add(event.name)
      if (building.size === 1) say('Building workspace image…')
    }
    if (state === 'running' || !building.delete(event.name)) continue
    if (state === 'done') say(`Building workspace image… done in ${Math.round(durationMs / 1000)} s`)
    else say('Building workspace image… failed; the workspace says why.')
  }
}
