import { readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { env, platform } from 'node:process'
import { AgentConfig } from '../../src/agent/config/config.ts'
import { configFolder } from '../../src/domain/config-folder.ts'

/** How long an agent on this computer may take to say that it is there. */
const HEALTH_MS = 2000

/** Where the agent that runs for this user's folder listens; undefined where it opens no port. */
export async function addressOfRunningAgent(): Promise<string | undefined> {
  const address = `http://127.0.0.1:${await configuredPort()}`
  const answer = await fetch(`${address}/health`, { signal: AbortSignal.timeout(HEALTH_MS) }).catch(() => undefined)
  return answer?.ok ? address : undefined
}

async function configuredPort(): Promise<number> {
  const named = Number(env['PORT'])
  if (Number.isInteger(named) && named > 0) return named
  const folder = configFolder({ environment: env, platform, home: os.homedir() })
  const text = await readFile(path.join(folder, 'config.json'), 'utf8').catch(() => '{}')
  return AgentConfig.parse(JSON.parse(text)).port
}
