import process from 'node:process'
import { AgentPortRequest, type AgentProcessMessage } from '../contract/desktop/index.ts'
import { assertNever } from '../domain/assert-never.ts'
import { EmbeddedOptions, type ParentPort, parentPortOf } from './embedded/parent-port.ts'
import { refusalOf } from './embedded/refusal.ts'
import { vaultStore } from './embedded/vault-store.ts'
import { startWorker } from './embedded/worker.ts'

/** Time for the last message to leave: an exit in the same turn of the loop drops it. */
const EXIT_DELAY_MS = 100

run(parentPortOf(process), EmbeddedOptions.parse(JSON.parse(process.argv[2] ?? '')))

/** The agent of the desktop app, in a utility process: it opens no port of this computer, and does what main asks. */
function run(parent: ParentPort, options: EmbeddedOptions): void {
  const say = (message: AgentProcessMessage): void => parent.postMessage(message)
  const leave = (code: number): void => {
    setTimeout(() => process.exit(code), EXIT_DELAY_MS)
  }
  const vault = vaultStore((question) => say(question))
  const starting = startWorker({ ...options, secretStore: vault.store })
  starting.then(
    ({ version, agentId, capabilities, isShared, gone }) => {
      say({ kind: 'ready', version, agentId, capabilities: [...capabilities], shared: isShared })
      // The agent that was used has ended: the next start of this process takes its place, or finds its successor.
      gone?.addEventListener('abort', () => leave(1), { once: true })
    },
    (error: unknown) => {
      say(refusalOf(error))
      leave(1)
    },
  )
  parent.on('message', ({ data, ports }) => {
    const request = AgentPortRequest.parse(data)
    switch (request.kind) {
      case 'shutdown':
        void starting.then((worker) => worker.stop()).finally(() => process.exit(0))
        return
      case 'vault-answer':
      case 'vault-news':
        vault.heard(request)
        return
      case 'worker':
      case 'terminal':
      case 'upload': {
        const [port] = ports
        if (port === undefined) return
        // A port that comes while the agent starts waits for it; where it does not start, its owner is to try again.
        starting.then(
          (worker) => worker.join(request, port),
          () => port.close(),
        )
        return
      }
      default:
        assertNever(request)
    }
  })
}
