import { chmod, mkdir, open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { ConfigInvalid } from '../store/store-errors.ts'
import type { AgentConfig } from './config.ts'
import { ConfigProblem, parseConfigText } from './config-text.ts'

export interface LoadedConfig {
  config: AgentConfig
  /** The file as it was read. */
  text: string
  /** Whether the file has just been made. */
  isNew: boolean
}

/** What a first run writes: the keys that people look for, with nothing in them. */
const FIRST_CONFIG = {
  port: 7391,
  credentials: { env: {}, files: {} },
  scripts: { post_start: '~/.config/workspace/scripts/post-start.sh' },
}

const FIRST_SCRIPT = `#!/bin/bash
# Runs in every workspace after each start. Yours to change: nothing here runs until you remove a "#".
#
# Keep coding tools up to date:
# claude update 2>/dev/null || true
# codex update 2>/dev/null || true
# opencode update 2>/dev/null || true
`

/**
 * Reads `config.json`, or makes it and a sample of the start script at the first run. Throws `ConfigInvalid` naming file,
 * key and reason; the file is never changed.
 */
export async function loadConfig(configDir: string): Promise<LoadedConfig> {
  const file = path.join(configDir, 'config.json')
  const script = path.join(configDir, 'scripts', 'post-start.sh')
  const first = { ...FIRST_CONFIG, scripts: { post_start: script } }
  const isNew = await createFile(file, `${JSON.stringify(first, undefined, 2)}\n`, 0o600)
  await mkdir(path.dirname(script), { recursive: true, mode: 0o700 })
  if (isNew) await createFile(script, FIRST_SCRIPT, 0o700)
  else await chmod(file, 0o600)
  const text = await readFile(file, 'utf8')
  return { config: parseConfig(file, text), text, isNew }
}

function parseConfig(file: string, text: string): AgentConfig {
  try {
    return parseConfigText(text)
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error
    const hint = 'Mend it, or remove the key for its default. Where the file is moved away, a new one is made.'
    throw new ConfigInvalid(`${file}, line ${error.line}: ${error.message}`, hint, error)
  }
}

/** Whether the file was made; one that exists is left as it is. */
async function createFile(file: string, text: string, mode: number): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', mode)
    try {
      await handle.writeFile(text, 'utf8')
      await handle.sync()
    } finally {
      await handle.close()
    }
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
