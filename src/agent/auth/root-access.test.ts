import { describe, expect, it } from 'vitest'
import type { DockerMode, WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { AgentError } from '../agent-error.ts'
import { ANYONE, type Identity, LOCAL } from './identity.ts'
import { createRootAccess } from './root-access.ts'

const OPERATOR: Identity = { kind: 'paired', id: 'phone', name: 'phone', scope: 'operate' }
const ADMIN: Identity = { kind: 'paired', id: 'laptop', name: 'laptop', scope: 'admin' }

/** The refusal of each who asks to run programs in a workspace with this Docker inside. */
function refusalOf(identity: Identity, docker: DockerMode | undefined, privilegedDocker: 'admin' | 'operate') {
  // One field of it is what is looked at.
  const workspaces = { get: () => ({ docker }) as WorkspaceInfo }
  const access = createRootAccess({ workspaces, settings: () => ({ privilegedDocker }) })
  try {
    access.admit(identity, 'alpha')
    return undefined
  } catch (error) {
    return error instanceof AgentError ? error.code : error
  }
}

describe('programs in a workspace with privileged Docker inside', () => {
  it.each([OPERATOR, ANYONE])('are refused to $id', (identity) => {
    expect(refusalOf(identity, 'privileged', 'admin')).toBe('FORBIDDEN')
  })

  it.each([LOCAL, ADMIN])('are not refused to $id', (identity) => {
    expect(refusalOf(identity, 'privileged', 'admin')).toBeUndefined()
  })

  it('are refused to nobody who may use workspaces, where the owner says so', () => {
    expect(refusalOf(OPERATOR, 'privileged', 'operate')).toBeUndefined()
    expect(refusalOf({ ...OPERATOR, kind: 'token', scope: 'read' }, 'privileged', 'operate')).toBe('FORBIDDEN')
  })
})

it.each([undefined, 'sysbox'] as const)('programs in a workspace with %s are everybody’s', (docker) => {
  expect(refusalOf(OPERATOR, docker, 'admin')).toBeUndefined()
})
