import { LABEL, WORKSPACE_NETWORK } from '../../domain/engine-names.ts'
import { AgentError } from '../agent-error.ts'
import type { Engine } from '../engine/engine.ts'
import { NameTaken } from '../engine/errors.ts'

/** The network that all workspaces of an engine stand on; made once, and then known to be there until an event says otherwise. */
export class WorkspaceNetwork {
  #there: Promise<void> | undefined

  forget(): void {
    this.#there = undefined
  }

  /** Throws `AgentError` `CONFLICT` when the name is another's. */
  ensure(engine: Engine): Promise<void> {
    this.#there ??= make(engine).catch((error: unknown) => {
      this.#there = undefined
      throw error
    })
    return this.#there
  }
}

async function make(engine: Engine): Promise<void> {
  if (await isOurs(engine)) return
  try {
    await engine.networks.createIsolated(WORKSPACE_NETWORK, { [LABEL.shared]: 'network' })
  } catch (error) {
    // Another agent was quicker: then it is there, and it must be one of ours.
    if (!(error instanceof NameTaken) || !(await isOurs(engine))) throw error
  }
}

async function isOurs(engine: Engine): Promise<boolean> {
  const found = await engine.networks.find(WORKSPACE_NETWORK)
  if (found === undefined) return false
  if (found.labels[LABEL.shared] === 'network') return true
  throw new AgentError('CONFLICT', `The engine has a network ${WORKSPACE_NETWORK} that is not Berth’s.`, {
    hint: 'Remove or rename it: Berth needs the name.',
  })
}
