import { oc } from '@orpc/contract'
import { z } from 'zod'
import { declareErrors } from '../errors.ts'
import { EnvironmentName, EnvironmentValue, LineOfText } from '../names.ts'
import { EnvironmentPatch, MaskedEnvironment } from './secret-value.ts'
import { IdleStopSeconds } from './workspace.ts'

/**
 * Where a file or folder goes in a workspace: `~/…`, or the same with the home's own path. Without `.` and `..`, for what
 * is written there must not end up elsewhere.
 */
export const FileDestination = LineOfText.max(1024).regex(
  /^(?:~|)(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/,
  'Write it as ~/path, without “.” and “..” in it.',
)

/** A file or folder of the worker's computer: an absolute path, or `~/…`. */
export const FileSource = LineOfText.min(1).max(4096)

/** Where a value is written: by hand in `config.json`, or in the store of secrets. */
export const CredentialOrigin = z.enum(['config', 'store'])

export const SecretStoreInfo = z.object({
  kind: z.enum(['file', 'keychain', 'memory']),
  /** `unsaved`: what is entered is gone when the agent ends. */
  state: z.enum(['ready', 'unsaved']),
  message: z.string().max(300).optional(),
  hint: z.string().max(300).optional(),
})
export type SecretStoreInfo = z.infer<typeof SecretStoreInfo>

/** What every workspace of this worker receives. */
export const Credentials = z.object({
  /** Environment variables, masked. */
  env: MaskedEnvironment,
  /** Destination in the workspace → source on the worker. */
  files: z.record(z.string(), z.string()),
  origins: z.record(EnvironmentName, CredentialOrigin),
  /** Of `files`, those that cannot be brought, or not whole, by their destination; and why. */
  problems: z.array(z.object({ destination: z.string(), message: z.string().max(300) })).max(256),
  store: SecretStoreInfo,
})
export type Credentials = z.infer<typeof Credentials>

/** Null deletes, what is left out stays. */
export const CredentialsPatch = z.strictObject({
  env: EnvironmentPatch.optional(),
  files: z.record(FileDestination, FileSource.nullable()).optional(),
})
export type CredentialsPatch = z.infer<typeof CredentialsPatch>

/** A program's sign-in that was found on the worker's computer: never what is in it, nor where. */
export const Login = z.object({
  /** As in `claude-code`, `codex`, `gh`. */
  kind: z.string().max(63),
  label: z.string().max(120),
  /** Whether workspaces receive it. */
  isGiven: z.boolean(),
})
export type Login = z.infer<typeof Login>

/** Programs of the user that run in every workspace. */
export const Scripts = z.object({
  /** A file of the worker's computer that runs after every start. */
  post_start: LineOfText.min(1).max(4096).optional(),
})
export type Scripts = z.infer<typeof Scripts>

const Port = z.number().int().min(1).max(65_535)

/** First and last port of a pool, both in it. */
export const PortRange = z.tuple([Port, Port]).refine(([first, last]) => first <= last, {
  message: 'The first port is above the last.',
})
export type PortRange = z.infer<typeof PortRange>

/**
 * The least scope of clients that may make a workspace with privileged Docker inside, or run programs in one: each of these
 * can become root on the worker.
 */
export const PrivilegedDocker = z.enum(['operate', 'admin'])

const Settings = z.object({
  /** Port of the network face. */
  port: z.number().int().min(0).max(65_535),
  allowedHosts: z.array(LineOfText.min(1).max(253)).max(64),
  ports: z.object({ ssh: PortRange, http: PortRange, codeServer: PortRange, custom: PortRange }),
  /** How long a new workspace runs on unused, where its creation does not say; 0 is for ever. */
  idleStopSeconds: IdleStopSeconds,
  privilegedDocker: PrivilegedDocker,
  engine: z.object({
    host: LineOfText.min(1).max(1024).optional(),
    runtimeAddress: z.enum(['auto', 'container', 'published']),
    baseImage: LineOfText.min(1).max(512).optional(),
  }),
})

/** The rest of `config.json`, with defaults where nothing is written. */
export const WorkerSettings = Settings.extend({
  /** Of the settings above, those whose present value is in force only after the agent starts again. */
  afterRestart: z.array(z.enum(['port', 'allowedHosts', 'engine'])),
})
export type WorkerSettings = z.infer<typeof WorkerSettings>

/** Null goes back to the default, what is left out stays. */
export const WorkerSettingsPatch = z.strictObject({
  port: Settings.shape.port.nullable().optional(),
  allowedHosts: Settings.shape.allowedHosts.nullable().optional(),
  ports: z
    .strictObject({
      ssh: PortRange.nullable(),
      http: PortRange.nullable(),
      codeServer: PortRange.nullable(),
      custom: PortRange.nullable(),
    })
    .partial()
    .optional(),
  idleStopSeconds: IdleStopSeconds.nullable().optional(),
  privilegedDocker: PrivilegedDocker.nullable().optional(),
  engine: z
    .strictObject({
      host: LineOfText.min(1).max(1024).nullable(),
      runtimeAddress: z.enum(['auto', 'container', 'published']).nullable(),
      baseImage: LineOfText.min(1).max(512).nullable(),
    })
    .partial()
    .optional(),
})
export type WorkerSettingsPatch = z.infer<typeof WorkerSettingsPatch>

/** `CONFLICT`: `config.json` was changed by hand and cannot be read; `PRECONDITION_FAILED`: secrets cannot be stored now. */
const changing = declareErrors('BAD_REQUEST', 'CONFLICT', 'PRECONDITION_FAILED')

export const config = {
  credentials: {
    get: oc.output(Credentials),
    update: oc.errors(changing).input(CredentialsPatch).output(Credentials),
    /** The value of one variable, unmasked. */
    reveal: oc
      .errors(declareErrors('NOT_FOUND'))
      .input(z.strictObject({ name: EnvironmentName }))
      .output(z.object({ value: EnvironmentValue })),
  },
  logins: {
    /** Sign-ins that could be given to workspaces; none is, before `use`. */
    list: oc.output(z.array(Login)),
    /** Has every workspace receive a copy of it from now on. */
    use: oc
      .errors({ ...declareErrors('NOT_FOUND'), ...changing })
      .input(z.strictObject({ kind: Login.shape.kind }))
      .output(Credentials),
  },
  scripts: {
    get: oc.output(Scripts),
    /** Puts these in place of those before. */
    update: oc.errors(changing).input(z.strictObject(Scripts.shape)).output(Scripts),
  },
  settings: {
    get: oc.output(WorkerSettings),
    update: oc.errors(changing).input(WorkerSettingsPatch).output(WorkerSettings),
  },
}
