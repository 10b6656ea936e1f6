import { type OpenShell, untilBytes, untilPrinted } from '../shell.ts'
import { forEach, inTurns, timed, type Ways } from '../turns.ts'

const BYTES = 64 * 1024 * 1024
/** Waits for a key, so that only the bytes are in the time. */
const POURING = ['sh', '-c', `stty raw -echo; printf GO; head -c 1 >/dev/null; exec head -c ${BYTES} /dev/zero`]
const ROUNDS = 7

/** MB per second from a program on a TTY in the workspace to the client that has taken every byte. */
export function measureThroughput(ways: Ways<OpenShell>): Promise<Ways<number[]>> {
  return inTurns(
    ROUNDS,
    forEach(ways, (open) => () => pour(open)),
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
