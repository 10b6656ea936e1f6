import { type WorkerSettings, WorkerSettingsPatch } from '../../../contract/agent/config.ts'

/** The settings of a worker, as fields that are typed into. */
export const SETTINGS_FIELDS = [
  'port',
  'allowedHosts',
  'idleStopSeconds',
  'privilegedDocker',
  'ssh',
  'http',
  'codeServer',
  'custom',
  'host',
  'runtimeAddress',
  'baseImage',
] as const
export type SettingsField = (typeof SETTINGS_FIELDS)[number]
export type SettingsDraft = Record<SettingsField, string>

/** The settings as a person reads and types them. */
export function draftOfSettings(settings: WorkerSettings): SettingsDraft {
  const { port, allowedHosts, idleStopSeconds, privilegedDocker, ports, engine } = settings
  const range = ([first, last]: readonly [number, number]): string => `${first}-${last}`
  return {
    port: String(port),
    allowedHosts: allowedHosts.join('\n'),
    idleStopSeconds: String(idleStopSeconds),
    privilegedDocker,
    ssh: range(ports.ssh),
    http: range(ports.http),
    codeServer: range(ports.codeServer),
    custom: range(ports.custom),
    host: engine.host ?? '',
    runtimeAddress: engine.runtimeAddress,
    baseImage: engine.baseImage ?? '',
  }
}

/** The change that was typed, or the fields that hold none. What is empty goes back to its default. */
export function patchOf(
  typed: Partial<SettingsDraft>,
): { ok: true; patch: WorkerSettingsPatch } | { ok: false; wrong: SettingsField[] } {
  const fields = SETTINGS_FIELDS.filter((field) => typed[field] !== undefined)
  const wrong = fields.filter((field) => !WorkerSettingsPatch.safeParse(placed(field, typed[field] ?? '')).success)
  if (wrong.length > 0) return { ok: false, wrong }
  const parts = fields.map((field) => WorkerSettingsPatch.parse(placed(field, typed[field] ?? '')))
  return { ok: true, patch: parts.reduce<WorkerSettingsPatch>(joined, {}) }
}

/** Where in a patch a field belongs. Not parsed yet: it may hold anything. */
function placed(field: SettingsField, text: string): unknown {
  const value = text.trim()
  switch (field) {
    case 'port':
    case 'idleStopSeconds':
      return { [field]: value === '' ? null : numberOf(value) }
    case 'privilegedDocker':
      return { privilegedDocker: value === '' ? null : value }
    case 'allowedHosts':
      return { allowedHosts: value === '' ? null : value.split(/\s*[\n,]\s*/).filter(Boolean) }
    case 'ssh':
    case 'http':
    case 'codeServer':
    case 'custom':
      return { ports: { [field]: value === '' ? null : value.split('-').map((part) => numberOf(part.trim())) } }
    case 'host':
    case 'runtimeAddress':
    case 'baseImage':
      return { engine: { [field]: value === '' ? null : value } }
  }
}

/** NaN where it is no whole number. */
const numberOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN)

function joined(all: WorkerSettingsPatch, part: WorkerSettingsPatch): WorkerSettingsPatch {
  return {
    ...all,
    ...part,
    ...(all.ports === undefined && part.ports === undefined ? {} : { ports: { ...all.ports, ...part.ports } }),
    ...(all.engine === undefined && part.engine === undefined ? {} : { engine: { ...all.engine, ...part.engine } }),
  }
}
