import type { ConnectionState } from '../../client/worker-client.ts'
import type { AgentInfo } from '../../contract/agent/info.ts'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import type { CallFailure } from './failure.ts'

const HIDDEN = '[hidden]'

/** What looks like a secret, by what it is called and by how it is made. Hiding too much is the smaller harm. */
const SECRETS: readonly { pattern: RegExp; by: string }[] = [
  // Credentials in an address.
  { pattern: /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, by: `$1${HIDDEN}@` },
  { pattern: /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, by: `$1 ${HIDDEN}` },
  // NAME=value and "name": "value", where the name says that it is a secret.
  {
    pattern:
      /((?:[\w-]*(?:token|secret|passw(?:or)?d|api[_-]?key|credential|private[_-]?key)[\w-]*)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;]+)/gi,
    by: `$1${HIDDEN}`,
  },
  { pattern: /-----BEGIN [^-]+-----[\s\S]*?(-----END [^-]+-----|$)/g, by: HIDDEN },
  // Keys whose makers gave them a prefix.
  { pattern: /\b(?:gh[pousr]_|github_pat_|sk-|xox[abprs]-|glpat-|npm_|AKIA|AIza)[\w-]{8,}/g, by: HIDDEN },
  // Long runs without a word in them.
  { pattern: /\b(?=[\w+/-]*\d)(?=[\w+/-]*[a-zA-Z])[\w+/-]{40,}={0,2}/g, by: HIDDEN },
]

/** The text without what looks like a secret. */
export function redact(text: string): string {
  return SECRETS.reduce((rest, { pattern, by }) => rest.replace(pattern, by), text)
}

type DiagnosticsInput = {
  info: AgentInfo | undefined
  /** Where the link to the worker stands. */
  connection: ConnectionState['status']
  workspace?: WorkspaceInfo | undefined
  failure?: CallFailure | undefined
  now: Date
}

/**
 * What someone who helps needs to know, as text: versions, states, steps, codes, incidents. No log, for it holds what
 * people's programs print; no path, and nothing that looks like a secret.
 */
export function diagnosticsOf({ info, connection, workspace, failure, now }: DiagnosticsInput): string {
  const engine = info === undefined ? 'unknown' : `${info.engine.status} ${info.engine.version ?? ''}`.trim()
  const lines = [
    `Berth diagnostics, ${now.toISOString()}`,
    `Worker: Berth ${info?.version ?? 'unknown'}, protocol ${info?.protocol ?? 'unknown'}, ${connection}`,
    `Engine: ${engine}`,
    ...(info?.diagnostics ?? []).map(({ code, message }) => `Diagnostic: ${code} ${message}`),
    ...(workspace === undefined ? [] : workspaceLines(workspace)),
    ...(failure === undefined ? [] : [`Failure: ${failure.code} ${failure.message} ${failure.hint ?? ''}`.trim()]),
  ]
  return redact(lines.map(withoutPaths).join('\n'))
}

function workspaceLines({ id, status, activity, template, runtime, steps = [], failure }: WorkspaceInfo): string[] {
  return [
    `Workspace: ${id}, ${status}${activity === undefined ? '' : `, ${activity.verb}`}, template ${template}`,
    ...(runtime === undefined ? [] : [`Runtime: ${runtime.version}, ${runtime.status}`]),
    ...steps.map((step) => `Step ${step.name}: ${step.state} ${step.durationMs ?? ''}`.trim()),
    ...(failure === undefined ? [] : [`Failure at ${failure.step}: ${failure.code} ${failure.message}`]),
  ]
}

/** A path says who somebody is and what they work on. Addresses on the web keep theirs out as well. */
function withoutPaths(text: string): string {
  return text.replace(/(?<![\w.])(?:~|[A-Za-z]:)?(?:[\\/][\w.@+:~-]+){2,}[\\/]?/g, '…')
}
