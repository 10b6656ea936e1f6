import type { Credentials as CredentialsInfo, CredentialsPatch, SecretStoreInfo } from '../../contract/agent/config.ts'
import { type EnvironmentPatch, type MaskedEnvironment, maskValue } from '../../contract/agent/secret-value.ts'
import type { Environment } from '../../contract/names.ts'
import { AgentError } from '../agent-error.ts'
import type { ConfigStore } from '../config/config-store.ts'
import type { ConfigEdit } from '../config/config-text.ts'
import { StoreError } from '../store/store-errors.ts'
import type { CredentialFiles } from './files/credential-files.ts'
import type { Secrets } from './secrets.ts'

export interface CredentialsDeps {
  config: ConfigStore
  secrets: Secrets
  files: CredentialFiles
  /** What workspaces receive may be another than before. Settles when those that run have it. */
  changed(): Promise<void>
}

const PREFIX = 'env/'
const MOST_VARIABLES = 256
const MOST_PROBLEMS = 256

/**
 * What every workspace of this worker receives. Variables written by hand in `config.json` are honoured and go before those
 * in the store of secrets; one that is set through the agent is stored there, and taken out of the file.
 */
export class Credentials {
  readonly #deps: CredentialsDeps

  constructor(deps: CredentialsDeps) {
    this.#deps = deps
  }

  environment(): Environment {
    return { ...this.#deps.secrets.below(PREFIX), ...this.#deps.config.current.credentials.env }
  }

  /** With what is the matter with their sources now. */
  async get(): Promise<CredentialsInfo> {
    await this.#deps.files.look()
    const { config, secrets } = this.#deps
    const { env, files } = config.current.credentials
    const environment = this.environment()
    const originOf = (name: string): 'config' | 'store' => (Object.hasOwn(env, name) ? 'config' : 'store')
    return {
      env: maskEnvironment(environment),
      files,
      origins: Object.fromEntries(Object.keys(environment).map((name) => [name, originOf(name)])),
      problems: this.#deps.files.problems().slice(0, MOST_PROBLEMS),
      store: storeInfo(secrets),
    }
  }

  /** Throws `AgentError` `NOT_FOUND`. */
  reveal(name: string): string {
    return revealed(this.environment(), name)
  }

  /** Throws `AgentError`: `BAD_REQUEST`, `CONFLICT`, `PRECONDITION_FAILED`. */
  async update({ env = {}, files = {} }: CredentialsPatch): Promise<CredentialsInfo> {
    refuseTooMany(this.environment(), env)
    const edits: ConfigEdit[] = [
      ...Object.keys(env)
        .filter((name) => Object.hasOwn(this.#deps.config.current.credentials.env, name))
        .map((name) => ({ path: ['credentials', 'env', name], value: undefined })),
      ...Object.entries(files).map(([destination, source]) => ({
        path: ['credentials', 'files', destination],
        value: source ?? undefined,
      })),
    ]
    await this.#deps.config.check(edits)
    // Stored first: a value is in two places for a moment rather than in none.
    await storing(this.#deps.secrets.apply(PREFIX, env))
    await this.#deps.config.update(edits)
    await this.#deps.changed()
    return await this.get()
  }
}

/** Throws `AgentError` `BAD_REQUEST` where more variables would come of a patch than a workspace can have. */
export function refuseTooMany(environment: Environment, patch: EnvironmentPatch): void {
  const names = new Set(Object.keys(environment))
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) names.delete(name)
    else names.add(name)
  }
  if (names.size <= MOST_VARIABLES) return
  throw new AgentError('BAD_REQUEST', `These would be ${names.size} variables; at most ${MOST_VARIABLES} are possible.`)
}

/** Throws `AgentError` `NOT_FOUND`. */
export function revealed(environment: Environment, name: string): string {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined
  if (value === undefined) throw new AgentError('NOT_FOUND', `There is no variable ${name}.`)
  return value
}

export function maskEnvironment(environment: Environment): MaskedEnvironment {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, maskValue(value)]))
}

/** A failure of the store of secrets, as a client is told it. */
export async function storing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof StoreError) {
      const hint = 'Look at the log of the agent, or at the state of the keychain.'
      throw new AgentError('PRECONDITION_FAILED', 'Secrets cannot be stored now.', { hint, cause: error })
    }
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    const hint = 'See whether the disk is full, then try again.'
    throw new AgentError('PRECONDITION_FAILED', `Secrets could not be stored${code}.`, { hint, cause: error })
  }
}

function storeInfo(secrets: Secrets): SecretStoreInfo {
  const { state, message, hint } = secrets.status()
  return {
    kind: secrets.kind,
    state,
    ...(message === undefined ? {} : { message }),
    ...(hint === undefined ? {} : { hint }),
  }
}
