import { WORKSPACE_NETWORK } from '../../src/domain/engine-names.ts'
import { docker } from './docker-inspect.ts'

/** The address under which workspaces reach servers of this computer. */
export function workspaceGateway(): Promise<string> {
  return docker('network', 'inspect', '--format', '{{(index .IPAM.Config 0).Gateway}}', WORKSPACE_NETWORK)
}
