import { addressProblem, isRefName } from '../../../contract/agent/repository.ts'
import { ImageReference } from '../../../contract/agent/templates.ts'
import { type CreateWorkspace, DockerMode, StartScript, WorkspaceType } from '../../../contract/agent/workspace.ts'
import { WorkspaceName } from '../../../contract/names.ts'
import { completeAddress } from '../../../domain/repository-address.ts'
import { strings } from '../../strings/index.ts'
import { parsePorts, parseVariables } from './draft-lines.ts'

/** The fields in the order in which the eye meets them: the first with an error gets the focus. */
export const DRAFT_FIELDS = [
  'repository',
  'branch',
  'newBranch',
  'template',
  'name',
  'cpus',
  'memoryGb',
  'type',
  'image',
  'variables',
  'ports',
  'startScript',
  'docker',
] as const
export type DraftField = (typeof DRAFT_FIELDS)[number]

/** What is typed into the dialog, as it is typed. */
export type Draft = Record<DraftField, string>
export type DraftErrors = Partial<Record<DraftField, string>>

export const EMPTY_DRAFT: Draft = {
  repository: '',
  branch: '',
  newBranch: '',
  template: '',
  name: '',
  cpus: '',
  memoryGb: '',
  type: '',
  image: '',
  variables: '',
  ports: '',
  startScript: '',
  docker: '',
}

const GIBIBYTE = 1024 ** 3

export type DraftSurroundings = { taken: ReadonlySet<string>; worker: string }

/** Why the draft cannot be sent, by field; empty: it can. */
export function errorsOf(draft: Draft, surroundings: DraftSurroundings): DraftErrors {
  const found: Partial<Record<DraftField, string | undefined>> = {
    repository: repositoryError(draft.repository),
    branch: refError(draft.branch),
    newBranch: refError(draft.newBranch),
    name: nameError(draft.name.trim(), surroundings),
    cpus: isNumberWithin(draft.cpus, { min: 0.1, max: 1024 }) ? undefined : strings.create.cpusError,
    memoryGb: isNumberWithin(draft.memoryGb, { min: 0.1, max: 16_384 }) ? undefined : strings.create.memoryError,
    image: imageError(draft.image.trim()),
    variables: errorIn(parseVariables(draft.variables)),
    ports: errorIn(parsePorts(draft.ports)),
    startScript: StartScript.safeParse(draft.startScript).success ? undefined : strings.create.startScriptError,
  }
  const errors: DraftErrors = {}
  for (const field of DRAFT_FIELDS) {
    const error = found[field]
    if (error !== undefined) errors[field] = error
  }
  return errors
}

function repositoryError(typed: string): string | undefined {
  const problem = typed.trim() === '' ? undefined : addressProblem(completeAddress(typed))
  return problem === undefined ? undefined : strings.create.repositoryError[problem]
}

function refError(typed: string): string | undefined {
  return typed.trim() === '' || isRefName(typed.trim()) ? undefined : strings.create.branchError
}

function imageError(image: string): string | undefined {
  return image === '' || ImageReference.safeParse(image).success ? undefined : strings.create.imageError
}

const errorIn = (parsed: object): string | undefined =>
  'error' in parsed && typeof parsed.error === 'string' ? parsed.error : undefined

function nameError(name: string, { taken, worker }: DraftSurroundings): string | undefined {
  if (name === '') return strings.create.nameMissing
  if (name.startsWith('ws-')) return strings.create.nameReserved
  if (!WorkspaceName.safeParse(name).success) return strings.create.nameShape
  return taken.has(name) ? strings.create.nameTaken(name, worker) : undefined
}

function isNumberWithin(text: string, { min, max }: { min: number; max: number }): boolean {
  if (text.trim() === '') return true
  const value = toNumber(text)
  return value >= min && value <= max
}

/** Takes a decimal comma as well as a point. NaN where it is no number. */
const toNumber = (text: string): number => Number(text.trim().replace(',', '.'))

/** The call that a draft without errors asks for; what goes with a repository is left out where there is none. */
export function toInput(draft: Draft): CreateWorkspace {
  const variables = parseVariables(draft.variables)
  const ports = parsePorts(draft.ports)
  const type = WorkspaceType.safeParse(draft.type)
  const docker = DockerMode.safeParse(draft.docker)
  const resources = {
    ...(draft.cpus.trim() === '' ? {} : { cpus: toNumber(draft.cpus) }),
    ...(draft.memoryGb.trim() === '' ? {} : { memoryBytes: Math.round(toNumber(draft.memoryGb) * GIBIBYTE) }),
  }
  const image = draft.image.trim()
  const made = image === '' ? given('template', draft.template) : { image }
  return {
    name: draft.name.trim(),
    ...(draft.repository.trim() === '' ? {} : repositoryInput(draft)),
    ...made,
    ...(type.success ? { type: type.data } : {}),
    ...('env' in variables && Object.keys(variables.env).length > 0 ? { env: variables.env } : {}),
    ...('ports' in ports && Object.keys(ports.ports).length > 0 ? { ports: ports.ports } : {}),
    ...(docker.success ? { docker: docker.data } : draft.docker === 'auto' ? { docker: true } : {}),
    ...(draft.startScript.trim() === '' ? {} : { startScript: draft.startScript }),
    ...(Object.keys(resources).length === 0 ? {} : { resources }),
  }
}

function repositoryInput({ repository, branch, newBranch }: Draft): Partial<CreateWorkspace> {
  const clone = completeAddress(repository)
  return { clone, ...given('branch', branch.trim()), ...given('newBranch', newBranch.trim()) }
}

function given<Key extends string>(key: Key, value: string): Partial<Record<Key, string>> {
  const entry: Partial<Record<Key, string>> = {}
  if (value !== '') entry[key] = value
  return entry
}
