import { z } from 'zod'
import { PublicKey, SshUser } from '../agent/ssh.ts'
import { DeletionReport, ExecInput, ExecResult } from '../agent/workspace.ts'
import { RenamedTitle, TerminalRecord } from '../terminal/terminal.ts'
import { RuntimeBuild } from './boot.ts'

/** The port of the runtime inside a workspace. */
export const RUNTIME_PORT = 3002
/** Where the shared volume with runtimes is mounted in every workspace. */
export const RUNTIME_MOUNT = '/opt/berth'

/** `GET /health`: answers without a token. */
export const RuntimeHealth = z.object({
  status: z.literal('healthy'),
  version: z.string().max(64),
  build: RuntimeBuild,
  protocol: z.string().max(16),
  uptime: z.number().nonnegative(),
  terminals: z.number().int().nonnegative(),
})
export type RuntimeHealth = z.infer<typeof RuntimeHealth>

/**
 * `GET /api/v1/identity?nonce=` (32 hexadecimal digits): answers without a token, and proves to know it. `proof` is
 * HMAC-SHA256(token, `IDENTITY_PROOF_PREFIX` and nonce) in hexadecimal.
 */
export const RuntimeIdentity = z.object({
  proof: z.string().max(128),
  port: z.number(),
  user: z.string().max(256),
  version: z.string().max(64),
  build: RuntimeBuild,
})
export type RuntimeIdentity = z.infer<typeof RuntimeIdentity>

/** Keeps a proof from being of use for anything else. */
export const IDENTITY_PROOF_PREFIX = 'berth-runtime-identity:'

/**
 * `GET /api/v1/terminals`; `DELETE /api/v1/terminals/:id` ends one (204, or 404), `PATCH` gives it a title (likewise);
 * `WS /api/v1/terminals` carries one.
 */
export const RuntimeTerminals = z.array(TerminalRecord)
export const RuntimeRename = z.strictObject({ title: RenamedTitle })

/** `POST /api/v1/exec`. 408 when `timeoutSeconds` ran out; the whole process tree has ended by then. */
export const RuntimeExec = z.strictObject(ExecInput.omit({ name: true }).shape)
export type RuntimeExec = z.infer<typeof RuntimeExec>
export const RuntimeExecResult = ExecResult

/**
 * `POST /api/v1/exec/stream`, a `RuntimeExec`: its output while the program runs, a line of JSON each, and its end as the
 * last line. An answer that ends without one was broken off. What is not UTF-8 is replaced.
 */
export const RuntimeExecPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('output'), stream: z.enum(['stdout', 'stderr']), text: z.string() }),
  z.object({ type: z.literal('exit'), exitCode: z.number().int() }),
  /** `timeoutSeconds` ran out; the whole process tree has ended by now. */
  z.object({ type: z.literal('timeout') }),
])
export type RuntimeExecPart = z.infer<typeof RuntimeExecPart>

/** `GET /api/v1/git/report`: what of the repositories in the home folder exists nowhere else. */
export const RuntimeGitReport = DeletionReport

/** `POST /api/v1/ssh/keys`: lets a key in. 412 where no SSH server can be had. */
export const RuntimeSshKey = z.strictObject({ publicKey: PublicKey })
export const RuntimeSshUser = z.object({ user: SshUser })
export type RuntimeSshUser = z.infer<typeof RuntimeSshUser>

/**
 * `GET /api/v1/activity`: how long nobody has been at work in the workspace, by a clock that stands still while the computer
 * sleeps. `busy`: what goes on just now (then `idleMs` is 0).
 */
export const RuntimeActivity = z.object({
  idleMs: z.number().nonnegative(),
  busy: z.array(z.enum(['program', 'exec', 'ssh'])),
})
export type RuntimeActivity = z.infer<typeof RuntimeActivity>

/** `WS /api/v1/ws`: what happens in the workspace, for the agent. */
export const RuntimeEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('terminals_changed') }),
  /** Told each minute in which somebody was at work. */
  z.object({ type: z.literal('activity'), idleMs: z.number().nonnegative() }),
])
export type RuntimeEvent = z.infer<typeof RuntimeEvent>

/** Every refusal of the runtime: `{error: {code, message, hint?}}` with the status that fits. */
export const RuntimeError = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
})
export type RuntimeError = z.infer<typeof RuntimeError>
