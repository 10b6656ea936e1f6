import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'

/** A running workspace for tests, with what a test is about put over it. */
export function workspaceNamed(name: string, change: Partial<WorkspaceInfo> = {}): WorkspaceInfo {
  return {
    id: `ws-${name.padEnd(12, '0').slice(0, 12).replaceAll('-', '0')}`,
    name,
    status: 'running',
    containerId: 'c0ffee',
    created: '2026-11-20T12:00:00.000Z',
    ports: {},
    type: 'persistent',
    template: 'base',
    resources: { cpus: 2, memoryBytes: 4_294_967_296, pids: 4096 },
    ...change,
  }
}
