import { type OpenShell, untilBytes, untilPrinted } from '../shell.ts'
import { inTurns, type Measurement, timed } from './figure.ts'

const BYTES = 64 * 1024 * 1024
/** Waits for a key, so that only the bytes are in the time. */
const POURING = ['sh', '-c', `stty raw -echo; printf GO; head -c 1 >/dev/null; exec head -c ${BYTES} /dev/zero`]
const ROUNDS = 7

/** MB per second from a program on a TTY in the workspace to the client that has taken every byte. */
export async function measureThroughput(ours: OpenShell, peer: OpenShell): Promise<Measurement> {
  return inTurns(
    ROUNDS,
    () => pour(ours),
    () => pour(peer),
  )
}

async function pour(open: OpenShell): Promise<number> {
  const shell = await open(POURING)
  await untilPrinted(shell, 'GO')
  const tookMs = await timed(() => {
    const all = untilBytes(shell, BYTES)
    shell.write('x')
    return all
  })
  await shell.close()
  return BYTES / 1e6 / (tookMs / 1000)
}
