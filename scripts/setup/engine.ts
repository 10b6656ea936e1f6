import { spawn } from 'node:child_process'
import { open, readFile, rm } from 'node:fs/promises'
import { platform } from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { findEngine } from '../../src/agent/engine/search.ts'
import type { EngineState } from '../../src/contract/agent/engine.ts'
import { runCommand } from '../tool.ts'
import { canInstallPackages, exists, installPackages } from './debian-packages.ts'
import { say } from './project.mjs'

/** Whether a container engine answers, and if not, one or two sentences on what to do on this system. */
export type EngineAnswer = { isThere: true } | { isThere: false; sentence: string }

const LOG = '/var/log/berth-dockerd.log'
const START_LIMIT_MS = 60_000
const LOOK_EVERY_MS = 500

/**
 * Looks for an engine where the agent will look. Where there is none, Debian's is installed and started if that needs
 * nobody's leave (Debian or Ubuntu, as root, nothing else named by `DOCKER_HOST`).
 */
export async function ensureEngine(): Promise<EngineAnswer> {
  let state = await look()
  if (state && !process.env['DOCKER_HOST'] && (await canInstallPackages())) state = await mend(state)
  if (!state) return { isThere: true }
  return { isThere: false, sentence: [state.message, state.hint].filter(Boolean).join(' ') }
}

/** What is the matter with the engine; undefined when it answers. */
async function look(): Promise<EngineState | undefined> {
  const found = await findEngine({ environment: process.env, configuredHost: undefined, platform }, false)
  return found.kind === 'found' ? undefined : found.state
}

async function mend(state: EngineState): Promise<EngineState | undefined> {
  if (state.status === 'missing') {
    const installed = await installPackages(['docker.io', 'iptables'], 'No container engine was found')
    if (!installed) return state
  }
  if (state.status === 'missing' || state.status === 'stopped') return startDocker()
  return state
}

async function startDocker(): Promise<EngineState | undefined> {
  say('Starting the Docker engine …')
  if (await exists('/run/systemd/system')) {
    await runCommand('systemctl', ['start', 'docker'])
    return waitForEngine(undefined)
  }
  await removeStalePid('/var/run/docker.pid')
  const log = await open(LOG, 'a')
  // In a session of its own: it serves other programs too, and goes on when this one ends.
  const dockerd = spawn('dockerd', [], { detached: true, stdio: ['ignore', log.fd, log.fd] })
  dockerd.unref()
  const gone = new AbortController()
  const end = () => {
    gone.abort()
  }
  dockerd.once('error', end).once('exit', end)
  const state = await waitForEngine(gone.signal)
  await log.close()
  if (state) console.error(`dockerd did not answer; the end of ${LOG}:\n${await tailOf(LOG)}`)
  return state
}

/** Looks until the engine answers, its process has gone, or the time is up. */
async function waitForEngine(gone: AbortSignal | undefined): Promise<EngineState | undefined> {
  const until = performance.now() + START_LIMIT_MS
  for (;;) {
    const state = await look()
    if (!state || gone?.aborted || performance.now() > until) return state
    await delay(LOOK_EVERY_MS)
  }
}

/** dockerd refuses to start while another process has the number that a dead one left behind. */
async function removeStalePid(file: string): Promise<void> {
  const pid = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (pid === '') return
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
  if (name.trim() !== 'dockerd') await rm(file, { force: true })
}

async function tailOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.split('\n').slice(-15).join('\n')
}
