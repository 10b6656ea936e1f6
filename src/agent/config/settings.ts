import type { WorkerSettings, WorkerSettingsPatch } from '../../contract/agent/config.ts'
import type { AgentConfig } from './config.ts'
import type { ConfigEdit } from './config-text.ts'

/** What takes effect only when the agent starts. */
const AT_START = ['port', 'allowedHosts', 'engine'] as const

/** The settings of the worker as they are written, and which of them are not in force: those in `started` are. */
export function settingsOf(config: AgentConfig, started: AgentConfig): WorkerSettings {
  const { port, allowedHosts, ports, engine } = config
  const { host, runtimeAddress, baseImage } = engine
  return {
    port,
    allowedHosts,
    ports: { ssh: ports.ssh, http: ports.http, codeServer: ports.codeServer, custom: ports.custom },
    idleStopSeconds: config.settings.idleStopSeconds,
    privilegedDocker: config.settings.privilegedDocker,
    engine: {
      runtimeAddress,
      ...(host === undefined ? {} : { host }),
      ...(baseImage === undefined ? {} : { baseImage }),
    },
    afterRestart: AT_START.filter((key) => JSON.stringify(config[key]) !== JSON.stringify(started[key])),
  }
}

/** A patch as edits of the file: null removes the key, by which its default counts. */
export function settingsEdits(patch: WorkerSettingsPatch): ConfigEdit[] {
  const entries: [string, unknown][] = Object.entries(patch)
  return entries.flatMap(([key, value]) => {
    if (value === undefined) return []
    if (key === 'idleStopSeconds' || key === 'privilegedDocker')
      return [{ path: ['settings', key], value: value ?? undefined }]
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [{ path: [key], value: value ?? undefined }]
    const parts: [string, unknown][] = Object.entries(value)
    return parts
      .filter(([, part]) => part !== undefined)
      .map(([name, part]) => ({ path: [key, name], value: part ?? undefined }))
  })
}
