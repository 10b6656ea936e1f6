import type { WorkspaceFailure } from '../../contract/agent/workspace.ts'
import type { Entry } from './entry.ts'
import type { WorkspaceRegistry } from './registry.ts'
import { currentStep } from './steps.ts'

/** At the start of an agent: creations that an earlier run was in the middle of become failures to go on from. */
export function noteInterruptions(registry: WorkspaceRegistry): void {
  for (const entry of registry.all()) if (entry.record.intent === 'create') noteInterruption(registry, entry)
}

function noteInterruption(registry: WorkspaceRegistry, entry: Entry): void {
  const steps = entry.record.steps ?? []
  const step = currentStep(steps)
  const failure: WorkspaceFailure = {
    step,
    code: 'INTERNAL_SERVER_ERROR',
    message: 'The agent ended while this workspace was being made.',
    hint: 'Start it to go on from there, or delete it.',
  }
  const ended = steps.map((one) => (one.state === 'running' ? { ...one, state: 'failed' as const } : one))
  registry.note(entry, {
    events: [{ type: 'failed', failure }],
    record: { intent: 'keep', hasFailed: true, steps: ended },
  })
}
