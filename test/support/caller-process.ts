/**
 * A process for another computer: `node caller-process.ts <tailscaled socket> <address> <token>` opens the calls of a worker as main does,
 * and prints what came of it.
 */
import process from 'node:process'
import { parseWorkerAddress } from '../../src/domain/worker-address.ts'
import { DialError } from '../../src/main/workers/reach/dial-error.ts'
import { reachOf } from '../../src/main/workers/reach/reach.ts'
import { remoteLink } from '../../src/main/workers/remote/remote-link.ts'
import { openTailnet } from '../../src/tailnet/tailnet.ts'
import { vouchByTailnet } from '../../src/tailnet/vouch.ts'

const [socketPath = '', text = '', token = ''] = process.argv.slice(2)
const address = parseWorkerAddress(text)
if (address === undefined) throw new Error(`${text} is no address.`)
const tailnet = openTailnet({ socketPath, run: () => Promise.resolve('absent') })
const reach = reachOf(address, undefined, vouchByTailnet(tailnet))
try {
  const calls = await remoteLink(reach, token).openCalls(AbortSignal.timeout(10_000))
  calls.close(1000)
  console.log(JSON.stringify({ path: reach.path }))
} catch (error) {
  if (!(error instanceof DialError)) throw error
  console.log(JSON.stringify({ hop: error.hop, message: error.message }))
}
process.exit()
