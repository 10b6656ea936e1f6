import { PortName, WantedPorts } from '../../../contract/agent/workspace.ts'
import { EnvironmentName } from '../../../contract/names.ts'
import { strings } from '../../strings/index.ts'

/** Lines of `NAME=value`; empty lines and lines that begin with `#` are skipped. Values are taken as they stand. */
export function parseVariables(text: string): { env: Record<string, string> } | { error: string } {
  const env = new Map<string, string>()
  for (const { number, line } of linesOf(text)) {
    const at = line.indexOf('=')
    if (at < 1) return { error: strings.create.variableShape(number) }
    const name = line.slice(0, at).trim()
    if (!EnvironmentName.safeParse(name).success) return { error: strings.create.variableName(number, name) }
    if (env.has(name)) return { error: strings.create.variableTwice(number, name) }
    env.set(name, line.slice(at + 1))
  }
  return { env: Object.fromEntries(env) }
}

/** Lines of `name=port inside`, as `web=3000`. */
export function parsePorts(text: string): { ports: Record<string, number> } | { error: string } {
  const ports = new Map<string, number>()
  for (const { number, line } of linesOf(text)) {
    const [, name = '', port = ''] = /^\s*([^=\s]+)\s*=\s*(\d{1,5})\s*$/.exec(line) ?? []
    if (!PortName.safeParse(name).success) return { error: strings.create.portShape(number) }
    if (ports.has(name)) return { error: strings.create.variableTwice(number, name) }
    ports.set(name, Number(port))
  }
  const wanted = WantedPorts.safeParse(Object.fromEntries(ports))
  return wanted.success ? { ports: wanted.data } : { error: wanted.error.issues[0]?.message ?? '' }
}

function linesOf(text: string): { number: number; line: string }[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ number: index + 1, line }))
    .filter(({ line }) => line.trim() !== '' && !line.startsWith('#'))
}
