import { z } from 'zod'

/**
 * A workspace's name is its identity, a part of volume and container names, and a host name label. It never begins
 * with `ws-`: that prefix marks ids, so that an id and a name can share one place.
 */
export const WorkspaceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Use 1 to 63 small letters, digits and dashes, beginning with a letter or digit.')
  .refine((name) => !name.startsWith('ws-'), 'Names do not begin with "ws-": that marks an id.')

/** Identifiers that cross a bridge (workers, clients, terminals). */
export const Identifier = z.string().regex(/^[A-Za-z0-9:_-]{1,120}$/)

/** Text that is shown in one line: without control characters, which terminals and logs would obey. */
export const LineOfText = z.string().regex(/^\P{Cc}*$/u, 'Control characters have no place here.')

/** The name of an environment variable: what POSIX shells can assign. */
export const EnvironmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,254}$/)

/** The value of an environment variable: no NUL (execve cannot carry it), at most 32 KiB. */
export const EnvironmentValue = z
  .string()
  .max(32_768)
  .refine((value) => !value.includes('\0'), 'A value cannot hold a NUL.')

/** Characters of all names and values together: programs can be started with a few times as much. */
const MOST_ENVIRONMENT = 524_288

/** Environment variables: at most 256, and 512 Ki characters in all. */
export const Environment = z
  .record(EnvironmentName, EnvironmentValue)
  .refine((environment) => Object.keys(environment).length <= 256, 'At most 256 variables.')
  .refine((environment) => Object.entries(environment).flat().join('').length <= MOST_ENVIRONMENT, 'At most 512 KiB.')
export type Environment = z.infer<typeof Environment>

/** A time on the wire: ISO 8601 in UTC. */
export const Timestamp = z.iso.datetime()
