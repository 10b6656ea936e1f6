import { LinkError } from '../../client/link-error.ts'
import type { AgentProcessMessage } from '../../contract/desktop/index.ts'
import { StoreError } from '../store/store-errors.ts'

/** The agent that runs on the folder speaks another version of the protocol. */
export class VersionMismatch extends Error {
  override readonly name = 'VersionMismatch'
}

/** Why the agent did not start, in words for a person; `code` is a diagnostic's. */
export function refusalOf(error: unknown): AgentProcessMessage {
  if (error instanceof StoreError) {
    return { kind: 'failed', code: `embedded_agent_${snakeCase(error.name)}`, message: error.message, hint: error.hint }
  }
  if (error instanceof VersionMismatch) {
    return {
      kind: 'failed',
      code: 'embedded_agent_version_mismatch',
      message: 'The agent that runs on this computer is of another version of Berth than this app.',
      hint: 'Update the older of the two.',
    }
  }
  if (error instanceof LinkError) {
    return {
      kind: 'failed',
      code: 'embedded_agent_in_use',
      message: 'Another agent holds the folder of this computer’s workspaces and does not answer.',
      hint: 'It may be ending; Berth keeps trying.',
    }
  }
  return {
    kind: 'failed',
    code: 'embedded_agent_failed',
    message: 'The agent of this computer could not start.',
    hint: 'Its log says why; Berth keeps trying.',
  }
}

function snakeCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()
}
