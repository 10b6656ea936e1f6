import { z } from 'zod'
import type { Terminal } from '../../contract/agent/terminals.ts'
import type { ExecInput, ExecResult } from '../../contract/agent/workspace.ts'
import { RuntimeExecResult, RuntimeTerminals } from '../../contract/runtime/api.ts'
import { AgentError } from '../agent-error.ts'
import { runCommand } from '../engine-terminals/run-command.ts'
import { callRuntime, RuntimeRefused } from '../runtime/runtime-http.ts'
import { RuntimeUnsupported } from '../runtime/unsupported.ts'
import type { RuntimeEndpoint, TerminalHolder } from '../services.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { toAgentError } from './failures.ts'
import { placeOf, subjectOf } from './subject.ts'

const CALL_LIMIT_MS = 15_000
/** The runtime ends what takes too long; the agent gives up on the runtime only after that. */
const EXEC_MARGIN_MS = 15_000

/** Where the runtime of a running workspace listens. Throws `AgentError` (`NOT_FOUND`, `PRECONDITION_FAILED`, engine codes). */
export async function runtimeEndpoint(deps: WorkspaceDeps, name: string): Promise<RuntimeEndpoint> {
  const entry = deps.registry.get(name)
  if (entry.life.container !== 'running') {
    throw new AgentError('PRECONDITION_FAILED', `${name} is not running.`, { hint: 'Start it first.' })
  }
  try {
    return await deps.runtimes.endpoint(subjectOf(deps, entry))
  } catch (error) {
    throw toAgentError(error, `reaching ${name}`)
  }
}

/**
 * Who holds the terminals of a workspace: its runtime, or, where the image cannot run that, this agent; nobody where it is stopped.
 * Throws as `runtimeEndpoint`.
 */
export async function terminalHolder(deps: WorkspaceDeps, name: string): Promise<TerminalHolder> {
  const entry = deps.registry.get(name)
  if (entry.life.container === 'stopped') {
    return { kind: 'nobody', join: () => deps.lastScreens.join(placeOf(entry)) }
  }
  const endpoint = await unlessUnsupported(runtimeEndpoint(deps, name))
  if (endpoint !== undefined) return { kind: 'runtime', endpoint }
  return { kind: 'agent', join: () => deps.engineTerminals.join(placeOf(deps.registry.get(name))) }
}

/** The endpoint, or undefined where the image cannot run the runtime. */
async function unlessUnsupported(endpoint: Promise<RuntimeEndpoint>): Promise<RuntimeEndpoint | undefined> {
  try {
    return await endpoint
  } catch (error) {
    if (error instanceof RuntimeUnsupported) return undefined
    throw error
  }
}

/** Runs a program in a workspace, without a shell, as its user. Throws `AgentError`. */
export async function execInWorkspace(deps: WorkspaceDeps, input: ExecInput, signal: AbortSignal): Promise<ExecResult> {
  const { name, ...body } = input
  const endpoint = await unlessUnsupported(runtimeEndpoint(deps, name))
  if (endpoint === undefined) return await execByEngine(deps, input, signal)
  const limits = [signal]
  if (body.timeoutSeconds !== undefined) limits.push(AbortSignal.timeout(body.timeoutSeconds * 1000 + EXEC_MARGIN_MS))
  const call = { endpoint, method: 'POST', path: '/api/v1/exec', body, signal: AbortSignal.any(limits) } as const
  try {
    return await callRuntime({ ...call, schema: RuntimeExecResult })
  } catch (error) {
    throw asExecFailure(error, body.timeoutSeconds)
  }
}

async function execByEngine(deps: WorkspaceDeps, input: ExecInput, signal: AbortSignal): Promise<ExecResult> {
  const { name, ...body } = input
  const { engineTerminals } = deps
  const place = placeOf(deps.registry.get(name))
  const done = engineTerminals.activity.begin(place.workspaceId)
  try {
    return await runCommand(await engineTerminals.prepare(place), body, signal)
  } catch (error) {
    throw toAgentError(error, 'running a command')
  } finally {
    done()
  }
}

function asExecFailure(error: unknown, timeoutSeconds: number | undefined): unknown {
  const isTimeout =
    error instanceof RuntimeRefused ? error.status === 408 : error instanceof Error && error.name === 'TimeoutError'
  if (isTimeout) {
    return new AgentError('TIMEOUT', `The command did not end in ${timeoutSeconds ?? '?'} seconds and was killed.`, {
      hint: 'Give it more time, or run it in a terminal.',
      cause: error,
    })
  }
  if (error instanceof RuntimeRefused && error.status === 400) {
    return new AgentError('BAD_REQUEST', error.message, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    })
  }
  return toAgentError(error, 'running a command')
}

/** The terminals of a workspace in order of their creation; of one that is stopped, the last screens. Throws `AgentError`. */
export async function listTerminals(deps: WorkspaceDeps, name: string): Promise<Terminal[]> {
  const entry = deps.registry.get(name)
  const { life, record } = entry
  if (life.container === 'stopped') return await listLastScreens(deps, entry)
  if (life.container !== 'running') return []
  const endpoint = await unlessUnsupported(runtimeEndpoint(deps, name))
  if (endpoint === undefined) return deps.engineTerminals.list(record.id).map((one) => ({ ...one, workspace: name }))
  const call = {
    endpoint,
    method: 'GET',
    path: '/api/v1/terminals',
    signal: AbortSignal.timeout(CALL_LIMIT_MS),
  } as const
  try {
    const terminals = await callRuntime({ ...call, schema: RuntimeTerminals })
    return terminals.map((terminal) => ({ ...terminal, workspace: name }))
  } catch (error) {
    throw toAgentError(error, 'listing terminals')
  }
}

async function listLastScreens(deps: WorkspaceDeps, entry: Entry): Promise<Terminal[]> {
  const workspace = entry.record.name
  try {
    return (await deps.lastScreens.list(placeOf(entry))).map((one) => ({ ...one, workspace }))
  } catch (error) {
    throw toAgentError(error, `reading the last screens of ${workspace}`)
  }
}

/** Gives a terminal a title, or with an empty one its program's own back. Throws `AgentError`. */
export async function renameTerminal(
  deps: WorkspaceDeps,
  name: string,
  { terminal, title }: { terminal: string; title: string },
): Promise<void> {
  await changeTerminal(deps, name, {
    terminal,
    method: 'PATCH',
    body: { title },
    act: 'renaming a terminal',
    held: async (workspaceId) => deps.engineTerminals.rename(workspaceId, terminal, title),
  })
}

/** Ends a terminal and its processes. Throws `AgentError`. */
export async function closeTerminal(deps: WorkspaceDeps, name: string, terminal: string): Promise<void> {
  await changeTerminal(deps, name, {
    terminal,
    method: 'DELETE',
    act: 'closing a terminal',
    held: (workspaceId) => deps.engineTerminals.end(workspaceId, terminal),
  })
}

interface TerminalChange {
  terminal: string
  method: 'PATCH' | 'DELETE'
  body?: unknown
  /** What is being done, for the message of a failure. */
  act: string
  /** Does the same to a terminal that this agent holds; false where there is none of that id. */
  held(workspaceId: string): Promise<boolean>
}

async function changeTerminal(deps: WorkspaceDeps, name: string, change: TerminalChange): Promise<void> {
  const endpoint = await unlessUnsupported(runtimeEndpoint(deps, name))
  if (endpoint === undefined) {
    if (await change.held(deps.registry.get(name).record.id)) return
    throw new AgentError('NOT_FOUND', `${name} has no terminal of that id.`)
  }
  const { method, body, act } = change
  const path = `/api/v1/terminals/${encodeURIComponent(change.terminal)}`
  try {
    await callRuntime({ endpoint, method, path, body, signal: AbortSignal.timeout(CALL_LIMIT_MS), schema: z.unknown() })
  } catch (error) {
    const isGone = error instanceof RuntimeRefused && error.status === 404
    if (isGone) throw new AgentError('NOT_FOUND', `${name} has no terminal of that id.`)
    throw toAgentError(error, act)
  }
}
