import { randomInt } from 'node:crypto'
import { IMAGE_TEMPLATE } from '../../contract/agent/templates.ts'
import type { CreateWorkspace, StepReport, WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { containerName, homeVolumeName } from '../../domain/engine-names.ts'
import { limitsProblem, withDefaultLimits } from '../../domain/resources.ts'
import { AgentError } from '../agent-error.ts'
import type { Engine } from '../engine/engine.ts'
import { lifeAsAsked } from '../lifetimes/terms.ts'
import type { WorkspaceRecord } from '../store/records.ts'
import { DEFAULT_TEMPLATE } from '../templates/catalog.ts'
import type { Template } from '../templates/template.ts'
import { makeWorkspace } from './creation.ts'
import { circumstancesOf, stepsOf } from './creation-steps.ts'
import type { WorkspaceDeps } from './deps.ts'
import { type Asker, dockerModeFor } from './docker-inside.ts'
import type { Entry } from './entry.ts'
import { toAgentError } from './failures.ts'
import { pendingSteps } from './steps.ts'

/**
 * Makes a workspace. What is refused (the name is taken, here or in the engine; limits that the worker cannot give; no
 * port; no engine) throws, and then nothing exists. A step that fails leaves the workspace in `error`, to be started
 * again or deleted.
 */
export async function createWorkspace(
  deps: WorkspaceDeps,
  input: CreateWorkspace,
  asker: Asker,
): Promise<WorkspaceInfo> {
  const id = newWorkspaceId()
  const unreserve = deps.registry.reserve(input.name, id)
  let admitted: { entry: Entry; engine: Engine; written: Promise<void> }
  try {
    admitted = await admit(deps, { id, input, asker })
  } catch (error) {
    throw toAgentError(error, `looking for what is called ${input.name}`)
  } finally {
    unreserve()
  }
  return makeWorkspace(deps, admitted)
}

async function admit(
  deps: WorkspaceDeps,
  { id, input, asker }: { id: string; input: CreateWorkspace; asker: Asker },
): Promise<{ entry: Entry; engine: Engine; written: Promise<void> }> {
  const began = performance.now()
  const startedAt = deps.now().toISOString()
  const template = chosenTemplate(deps, input)
  refuseBranchAlone(input)
  const engine = await deps.link.require()
  const docker = dockerModeFor(input.docker, engine.facts, asker)
  const resources = withDefaultLimits({ ...template.resources, ...input.resources }, engine.facts)
  const problem = limitsProblem(resources, engine.facts)
  if (problem !== undefined) throw new AgentError('BAD_REQUEST', problem, { hint: 'Ask for less, or leave it out.' })
  await refuseForeign(engine, input.name)
  const ports = await deps.ports.allocate({ name: input.name, portTargets: input.ports })
  const made: WorkspaceRecord = {
    id,
    name: input.name,
    title: input.title,
    intent: 'create',
    status: 'creating',
    containerId: '',
    created: startedAt,
    ports,
    ...lifeAsAsked(input, { now: deps.now(), settings: deps.config.settings }),
    template: template.name,
    ...(input.image === undefined ? {} : { image: input.image }),
    ...(docker === undefined ? {} : { docker }),
    resources,
    ...(input.ports === undefined ? {} : { portTargets: input.ports }),
    repo: input.clone,
    branch: input.branch,
    newBranch: input.newBranch,
    startScript: input.startScript ?? template.startScript,
    wasStarted: false,
    wasMade: false,
    broughtFiles: {},
  }
  const steps = stepsOf(made, await circumstancesOf(deps, made))
  const durationMs = Math.round((performance.now() - began) * 10) / 10
  const allocated: StepReport = { name: 'allocate', state: 'done', startedAt, durationMs }
  const record: WorkspaceRecord = { ...made, steps: [allocated, ...pendingSteps(steps)] }
  try {
    await deps.environments.change(record.id, input.env ?? {})
    return { ...deps.registry.add(record), engine }
  } finally {
    deps.ports.release(ports)
  }
}

function chosenTemplate(deps: WorkspaceDeps, { template, image }: CreateWorkspace): Template {
  if (image === undefined) return deps.templates.get(template ?? DEFAULT_TEMPLATE)
  if (template === undefined) return deps.templates.of({ template: IMAGE_TEMPLATE, image })
  throw new AgentError('BAD_REQUEST', 'A workspace is made from a template or from an image, not from both.', {
    hint: 'Leave one of the two out.',
  })
}

function refuseBranchAlone({ clone, branch, newBranch }: CreateWorkspace): void {
  if (clone !== undefined || (branch === undefined && newBranch === undefined)) return
  throw new AgentError('BAD_REQUEST', 'A branch was named, and no repository.', { hint: 'Say what to clone as well.' })
}

/** What is called so in the engine and is not this agent's is never adopted and never touched. */
async function refuseForeign(engine: Engine, name: string): Promise<void> {
  const [container, volume] = await Promise.all([
    engine.containers.inspect(containerName(name)),
    engine.volumes.find(homeVolumeName(name)),
  ])
  if (container === undefined && volume === undefined) return
  const [kind, called] = container === undefined ? ['volume', homeVolumeName(name)] : ['container', containerName(name)]
  throw new AgentError(
    'CONFLICT',
    `The engine has a ${kind} ${called} already, and it is not of a workspace of this worker.`,
    {
      hint: `Choose another name, or remove the ${kind} yourself if nobody needs it.`,
    },
  )
}

const ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

export function newWorkspaceId(): string {
  return `ws-${Array.from({ length: 12 }, () => ID_ALPHABET[randomInt(ID_ALPHABET.length)]).join('')}`
}
