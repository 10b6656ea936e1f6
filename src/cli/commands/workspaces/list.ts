import type { WorkerClient } from '../../../client/worker-client.ts'
import type { WorkspaceInfo, WorkspaceStatus } from '../../../contract/agent/workspace.ts'
import { formatSpan } from '../../output/duration.ts'
import { sayJson } from '../../output/json.ts'
import { type Style, styled } from '../../output/style.ts'
import { formatTable, type TableCell } from '../../output/table.ts'
import { type Streams, say } from '../../terminal-streams.ts'

export interface ListOptions {
  json: boolean
}

const STYLES: Record<WorkspaceStatus, Style> = { creating: 'yellow', running: 'green', stopped: 'dim', error: 'red' }

const HEADINGS = ['NAME', 'STATUS', 'TEMPLATE', 'PORTS', 'AGE']

/** `ws list`: the workspaces of this computer. */
export async function listWorkspaces(
  worker: WorkerClient,
  { json, stdout }: ListOptions & Pick<Streams, 'stdout'>,
): Promise<void> {
  const workspaces = await worker.api.workspaces.list()
  if (json) sayJson(stdout, workspaces)
  else if (workspaces.length === 0) say(stdout, 'No workspaces yet. Make one: ws start <name>')
  else {
    const hasTitles = workspaces.some(({ title }) => title !== undefined)
    const rows = workspaces.map((workspace) => [
      ...rowOf(workspace, stdout),
      ...(hasTitles ? [workspace.title ?? '-'] : []),
    ])
    say(stdout, formatTable(hasTitles ? [...HEADINGS, 'TITLE'] : HEADINGS, rows))
  }
}

function rowOf(workspace: WorkspaceInfo, stdout: NodeJS.WriteStream): TableCell[] {
  const { name, status, template, ports, created } = workspace
  const portList = Object.entries(ports).map(([use, port]) => `${use} ${port}`)
  return [
    name,
    { text: stateOf(workspace), paint: (text) => styled(text, STYLES[status], stdout) },
    template,
    portList.join(', ') || '-',
    formatSpan(Date.now() - Date.parse(created)),
  ]
}

function stateOf({ status, activity, failure }: WorkspaceInfo): string {
  const state = activity === undefined ? status : `${activity.verb}…`
  return failure === undefined ? state : `${state} (${failure.step})`
}
