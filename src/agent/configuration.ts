import type { Logger } from 'pino'
import type { Diagnostic } from '../contract/agent/info.ts'
import type { RuntimeEnvironment } from '../contract/runtime/boot.ts'
import type { AgentConfig } from './config/config.ts'
import type { LoadedConfig } from './config/config-file.ts'
import { ConfigStore } from './config/config-store.ts'
import { settingsEdits, settingsOf } from './config/settings.ts'
import { concealedSet } from './credentials/concealed-set.ts'
import { Credentials } from './credentials/credentials.ts'
import { type EnvironmentStore, environmentStore } from './credentials/environment-store.ts'
import { CredentialFiles } from './credentials/files/credential-files.ts'
import { type SourceWatch, watchSources } from './credentials/files/watch-sources.ts'
import { findLogins, type Logins, loadKnownLogins } from './credentials/logins.ts'
import type { SecretStore } from './credentials/secret-store.ts'
import { Secrets } from './credentials/secrets.ts'
import type { Conceal } from './log.ts'
import type { ConfigService, EventLog } from './services.ts'

export interface ConfigurationInput {
  configDir: string
  loaded: LoadedConfig
  store: SecretStore
  /** The folder with `manifest.json`. */
  resourcesDir: string
  /** What digests of files are made with. */
  secret: Uint8Array
  /** The home folder that `~` stands for. */
  home: string
  events: EventLog
  conceal: Conceal
  /** What all workspaces receive is another than before. Settles when those that run have it. */
  credentialsChanged(): Promise<void>
  log: Logger
}

/** What the agent was told to do, by hand or by its clients: settings, scripts, and what workspaces receive. */
export interface Configuration extends AsyncDisposable {
  readonly service: ConfigService
  /** As it is in force now. */
  readonly current: AgentConfig
  readonly environments: EnvironmentStore
  readonly files: CredentialFiles
  /** All variables of one workspace: the worker's, with its own over them. */
  environmentOf(workspaceId: string): RuntimeEnvironment
  diagnostics(): Diagnostic[]
}

/** Throws `StoreError` where the secrets cannot be read. */
export async function openConfiguration(input: ConfigurationInput): Promise<Configuration> {
  const { configDir, loaded, store, events, conceal, log } = input
  const secrets = await Secrets.open(store, conceal, () => {
    events.publish({ type: 'credentials.changed' })
    void input.credentialsChanged()
  })
  const concealed = concealedSet(conceal)
  concealed.are(Object.values(loaded.config.credentials.env))
  const config = new ConfigStore({
    configDir,
    loaded,
    changed: (before, after) => {
      concealed.are(Object.values(after.credentials.env))
      void tellCredentials()
      if (differ({ ...before, credentials: {} }, { ...after, credentials: {} }))
        events.publish({ type: 'settings.changed' })
    },
    problem: (words) => {
      if (words === undefined) return
      log.warn(words)
      events.publish({ type: 'agent.warning', code: 'config_invalid', message: `${words} ${STILL_IN_FORCE}` })
    },
    log,
  })
  const mappings = (): Record<string, string> => config.current.credentials.files
  const { files, sources } = credentialFiles(input, mappings)
  const credentials = new Credentials({ config, secrets, files, changed: () => tellCredentials() })
  const logins = findLogins({
    known: await loadKnownLogins(input.resourcesDir),
    home: input.home,
    credentials,
    mappings,
  })
  const environments = environmentStore(secrets)
  const told = (): string => JSON.stringify([credentials.environment(), config.current.credentials.files])
  void sources.follow(Object.values(mappings()))
  let last = told()
  let bringing = Promise.resolve()
  const tellCredentials = (): Promise<void> => {
    const now = told()
    if (now === last) return bringing
    last = now
    void sources.follow(Object.values(mappings()))
    events.publish({ type: 'credentials.changed' })
    bringing = input.credentialsChanged()
    return bringing
  }
  return {
    service: configService({ config, credentials, logins, started: loaded.config }),
    get current() {
      return config.current
    },
    environments,
    files,
    environmentOf: (workspaceId) => ({ ...credentials.environment(), ...environments.of(workspaceId) }),
    diagnostics: () => diagnose({ config, secrets, files }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([config[Symbol.asyncDispose](), sources[Symbol.asyncDispose]()])
    },
  }
}

/** The files of this computer that workspaces receive, and the watch over them. */
function credentialFiles(
  input: ConfigurationInput,
  mappings: () => Record<string, string>,
): { files: CredentialFiles; sources: SourceWatch } {
  const { configDir, events, log } = input
  const places = { home: input.home, configDir }
  const files = new CredentialFiles({
    mappings,
    places,
    secret: input.secret,
    problem: (destination, message) => {
      log.warn({ destination }, `a credential: ${message}`)
      const told = `${destination}: ${message}`.slice(0, LONGEST_MESSAGE)
      events.publish({ type: 'agent.warning', code: 'credential_file', message: told })
    },
  })
  const sources = watchSources({
    places,
    changed: () => {
      events.publish({ type: 'credentials.changed' })
      return input.credentialsChanged()
    },
    failed: (error) => log.warn({ err: error }, 'the source of a credential cannot be watched'),
  })
  return { files, sources }
}

const LONGEST_MESSAGE = 300
const STILL_IN_FORCE = 'What was in force before still is.'

interface ServiceParts {
  config: ConfigStore
  credentials: Credentials
  logins: Logins
  /** The configuration that this run of the agent has begun with. */
  started: AgentConfig
}

function configService({ config, credentials, logins, started }: ServiceParts): ConfigService {
  const scripts: ConfigService['scripts'] = () => {
    const { post_start } = config.current.scripts
    return post_start === undefined ? {} : { post_start }
  }
  const settings: ConfigService['settings'] = () => settingsOf(config.current, started)
  return {
    credentials: () => credentials.get(),
    updateCredentials: (patch) => credentials.update(patch),
    revealCredential: (name) => credentials.reveal(name),
    logins: () => logins.list(),
    useLogin: (kind) => logins.use(kind),
    scripts,
    updateScripts: async ({ post_start }) => {
      await config.update([{ path: ['scripts', 'post_start'], value: post_start }])
      return scripts()
    },
    settings,
    updateSettings: async (patch) => {
      await config.update(settingsEdits(patch))
      return settings()
    },
    forgetTailnetUser: (login) => config.update([{ path: ['access', 'tailnet', 'users', login], value: undefined }]),
  }
}

interface Diagnosed {
  config: ConfigStore
  secrets: Secrets
  files: CredentialFiles
}

function diagnose({ config, secrets, files }: Diagnosed): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  if (config.problem !== undefined) {
    const message = `${config.problem} ${STILL_IN_FORCE}`
    diagnostics.push({ code: 'config_invalid', severity: 'warning', message })
  }
  const { state, message = 'Secrets are kept in memory, and gone when the agent ends.' } = secrets.status()
  for (const { destination, message } of files.problems()) {
    const told = `${destination}: ${message}`.slice(0, LONGEST_MESSAGE)
    diagnostics.push({ code: 'credential_file', severity: 'warning', message: told })
  }
  if (state === 'unsaved') diagnostics.push({ code: 'secrets_unsaved', severity: 'warning', message })
  return diagnostics
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other)
}
