import { type OpenShell, type Shell, untilBytes, untilPrinted } from '../shell.ts'
import { percentile95 } from '../statistics.ts'
import { inTurns, type Measurement, timed } from './figure.ts'

const ECHOING = ['sh', '-c', 'stty raw -echo; printf GO; exec cat']
const FLOODING = ['sh', '-c', 'stty raw; exec yes "a line that fills the screen and goes on and on"']
const ROUNDS = 10
const KEYS = 100

/** The 95th percentile of key → echo, in `ROUNDS` rounds of `KEYS` keys each. */
export async function measureEcho(ours: OpenShell, peer: OpenShell): Promise<Measurement> {
  const shells = { ours: await echoing(ours), peer: await echoing(peer) }
  try {
    return await inTurns(
      ROUNDS,
      () => echoRound(shells.ours),
      () => echoRound(shells.peer),
    )
  } finally {
    await Promise.all([shells.ours.close(), shells.peer.close()])
  }
}

/** The same while another terminal of the same container floods the same client, each by its own way. */
export async function measureEchoInFlood(ours: OpenShell, peer: OpenShell): Promise<Measurement> {
  const shells = { ours: await echoing(ours), peer: await echoing(peer) }
  const flooded = async (open: OpenShell, shell: Shell): Promise<number> => {
    const flood = await open(FLOODING)
    try {
      await untilBytes(flood, 1_000_000)
      return await echoRound(shell)
    } finally {
      await flood.close()
    }
  }
  try {
    return await inTurns(
      ROUNDS,
      () => flooded(ours, shells.ours),
      () => flooded(peer, shells.peer),
    )
  } finally {
    await Promise.all([shells.ours.close(), shells.peer.close()])
  }
}

async function echoing(open: OpenShell): Promise<Shell> {
  const shell = await open(ECHOING)
  await untilPrinted(shell, 'GO')
  return shell
}

async function echoRound(shell: Shell): Promise<number> {
  const took: number[] = []
  for (let key = 0; key < KEYS; key += 1) {
    took.push(
      await timed(() => {
        const echoed = untilBytes(shell, 1)
        shell.write('x')
        return echoed
      }),
    )
  }
  return percentile95(took)
}
