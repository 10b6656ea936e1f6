import { PortTaken } from '../engine/errors.ts'
import { type Preparation, remakeWithOtherPorts } from './container.ts'
import type { WorkspaceDeps } from './deps.ts'
import { startNoted } from './start-noted.ts'

/** Other programs may take ports while we look; that they take so many in a row means something else is wrong. */
const PORT_ATTEMPTS = 8

/** Starts a container that has just been made; where one of its ports turns out to be taken, others are chosen. */
export async function startContainer(deps: WorkspaceDeps, preparation: Preparation): Promise<void> {
  const { entry, engine } = preparation
  const refused = new Set<number>()
  for (let attempt = 1; ; attempt += 1) {
    try {
      await startNoted(deps, entry, engine)
      break
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === PORT_ATTEMPTS) throw error
      refused.add(error.port)
      await remakeWithOtherPorts(deps, preparation, refused)
    }
  }
  const record = { startedAt: deps.now().toISOString() }
  deps.registry.note(entry, { events: [{ type: 'container', state: 'running' }], record })
}
