import { ClientName, Scope, TokenDays } from '../contract/agent/clients.ts'
import { ImageReference } from '../contract/agent/templates.ts'
import { DockerMode, Resources, TtlSeconds, WantedPorts, WorkspaceType } from '../contract/agent/workspace.ts'
import { EnvironmentName, WorkspaceName } from '../contract/names.ts'
import { usageFailure } from './cli-failure.ts'

/** The name of a workspace. */
export function parseName(text: string): string {
  const parsed = WorkspaceName.safeParse(text)
  if (parsed.success) return parsed.data
  throw usageFailure(`“${text}” cannot be the name of a workspace.`, parsed.error.issues[0]?.message)
}

/** `--port`: 0 is any free one. */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw usageFailure(`“${text}” is not a port.`, 'A port is a number from 0 to 65535.')
  return port
}

/** The name of a variable. */
export function parseEnvironmentName(text: string): string {
  const name = EnvironmentName.safeParse(text)
  // A value in its place may be a secret, so it is not repeated.
  if (!name.success) throw usageFailure('That cannot be the name of a variable.', 'Letters, digits and _ are possible.')
  return name.data
}

/** `--cpus`: whole or part. */
export function parseCpus(text: string): number {
  const cpus = Resources.shape.cpus.safeParse(/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined)
  if (!cpus.success) throw usageFailure(`“${text}” is not a number of CPUs.`, 'From 0.1 to 1024, such as 2 or 0.5.')
  return cpus.data
}

const UNITS: Readonly<Record<string, number>> = { m: 1024 ** 2, g: 1024 ** 3 }

/** `--memory 512m`, `--memory 4g`: by 1024. */
export function parseMemory(text: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([mg])$/i.exec(text) ?? []
  const memory = Resources.shape.memoryBytes.safeParse(
    Math.round(Number(count) * (UNITS[unit?.toLowerCase() ?? ''] ?? Number.NaN)),
  )
  if (!memory.success) throw usageFailure(`“${text}” is not a size of memory.`, 'From 64m, such as 512m or 4g.')
  return memory.data
}

/** `--image`. */
export function parseImage(text: string): string {
  const reference = ImageReference.safeParse(text)
  if (!reference.success)
    throw usageFailure(`“${text}” is not the name of an image.`, 'Such as node:24 or ghcr.io/owner/name:tag.')
  return reference.data
}

/** `--docker=…`; without a value the worker chooses. */
export function parseDocker(text: string): DockerMode {
  const mode = DockerMode.safeParse(text)
  if (!mode.success)
    throw usageFailure(
      `Docker inside is not had by “${text}”.`,
      'Write --docker, --docker=privileged or --docker=sysbox.',
    )
  return mode.data
}

/** `--scope`. */
export function parseScope(text: string): Scope {
  const scope = Scope.safeParse(text)
  if (scope.success) return scope.data
  throw usageFailure(`“${text}” is not a scope.`, `One of: ${Scope.options.join(', ')}.`)
}

/** The name of a program that gets a token. */
export function parseClientName(text: string): string {
  const name = ClientName.safeParse(text)
  if (!name.success) throw usageFailure('That cannot be the name of a program.', 'One line, up to 120 characters.')
  return name.data
}

/** `--days`. */
export function parseDays(text: string): number {
  const days = TokenDays.safeParse(/^\d{1,5}$/.test(text) ? Number(text) : undefined)
  if (!days.success) throw usageFailure(`“${text}” is not a number of days.`, 'From 1 to 3650.')
  return days.data
}

/** `--tail`, `--entries`. */
export function parseTail(text: string): number {
  const lines = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (lines < 1 || lines > 10_000) throw usageFailure(`“${text}” is not a number of lines.`, 'From 1 to 10000.')
  return lines
}

/** `--type`. */
export function parseType(text: string): WorkspaceType {
  const type = WorkspaceType.safeParse(text)
  if (type.success) return type.data
  throw usageFailure(`“${text}” is not a type of workspace.`, 'One of: persistent, temporary, agent.')
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** `--ttl 90m`, `--ttl 2d`: in seconds. */
export function parseTtl(text: string): number {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  const seconds = TtlSeconds.safeParse(Number(count) * (SECONDS[unit ?? ''] ?? Number.NaN))
  if (seconds.success) return seconds.data
  throw usageFailure(`“${text}” is not a length of time.`, 'From a minute to a year, such as 90m, 8h or 2d.')
}

/** `--idle-stop 30m`, `--idle-stop never`: in seconds. */
export function parseIdleStop(text: string): number {
  return text === 'never' ? 0 : parseTtl(text)
}

/** `--publish NAME=PORT`, any number of times. */
export function collectPorts(text: string, before: Record<string, number>): Record<string, number> {
  const [, name = '', port] = /^([^=]+)=(\d{1,5})$/.exec(text) ?? []
  const ports = WantedPorts.safeParse({ ...before, [name]: Number(port) })
  if (ports.success) return ports.data
  const reason = ports.error.issues.find(({ code }) => code === 'custom')?.message
  throw usageFailure(`“${text}” is not a port to publish.`, reason ?? 'Write it as NAME=PORT, such as api=3000.')
}
