import { setTimeout as delay } from 'node:timers/promises'
import type { App } from 'electron'
import type { Logger } from 'pino'
import type { ThreadedKeychain } from './vault/threaded-keychain.ts'
import type { AgentSupervisor } from './workers/agent-supervisor.ts'

/** The agent writes its state and lets go of its folder in a moment; a stuck one does not keep the app from ending. */
const AGENT_LIMIT_MS = 5_000
/** What is being written to the keychain is there in a moment. */
const KEYCHAIN_LIMIT_MS = 2_000

export interface QuitDeps {
  app: Pick<App, 'on' | 'quit'>
  agent: Pick<AgentSupervisor, 'shutdown'>
  log: Logger
  keychain: Pick<ThreadedKeychain, 'settled'>
  /** Ends this process without waiting for its threads. */
  endAtOnce: () => void
  /** How long the keychain is waited for, in ms. */
  keychainLimitMs?: number
}

/**
 * Ends the agent before the app ends: at a plain quit its process would be killed without a signal. Workspaces and
 * their terminals run on.
 */
export function quitGracefully(deps: QuitDeps): void {
  const { app, agent, keychain, log, endAtOnce, keychainLimitMs = KEYCHAIN_LIMIT_MS } = deps
  let step: 'running' | 'ending' | 'ended' = 'running'
  const endAgent = async (): Promise<void> => {
    await agent.shutdown(AGENT_LIMIT_MS)
    const isFree = await Promise.race([keychain.settled().then(() => true), delay(keychainLimitMs, false)])
    step = 'ended'
    if (isFree) app.quit()
    // The windows are closed and all else is written: a question for a password that nobody answers is no reason to stay.
    else endAtOnce()
  }
  app.on('will-quit', (event) => {
    if (step === 'ended') return
    event.preventDefault()
    if (step === 'ending') return
    step = 'ending'
    log.info('quitting')
    void endAgent()
  })
}
