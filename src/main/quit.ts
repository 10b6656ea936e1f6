import type { App } from 'electron'
import type { Logger } from 'pino'
import type { AgentSupervisor } from './workers/agent-supervisor.ts'

/** The agent writes its state and lets go of its folder in a moment; a stuck one does not keep the app from ending. */
const AGENT_LIMIT_MS = 5_000

/**
 * Ends the agent before the app ends: at a plain quit its process would be killed without a signal. Workspaces and
 * their terminals run on.
 */
export function quitGracefully(deps: { app: App; agent: AgentSupervisor; log: Logger }): void {
  const { app, agent, log } = deps
  let step: 'running' | 'ending' | 'ended' = 'running'
  app.on('will-quit', (event) => {
    if (step === 'ended') return
    event.preventDefault()
    if (step === 'ending') return
    step = 'ending'
    log.info('quitting')
    void agent.shutdown(AGENT_LIMIT_MS).finally(() => {
      step = 'ended'
      app.quit()
    })
  })
}
