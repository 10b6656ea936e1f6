import { type OpenShell, type Shell, untilBytes, untilPrinted } from '../shell.ts'
import { percentile95 } from '../statistics.ts'
import { forEach, inTurns, timed, type Ways } from '../turns.ts'

const ECHOING = ['sh', '-c', 'stty raw -echo; printf GO; exec cat']
const FLOODING = ['sh', '-c', 'stty raw; exec yes "a line that fills the screen and goes on and on"']
const ROUNDS = 10
const KEYS = 100

/** The 95th percentile of key → echo, in `ROUNDS` rounds of `KEYS` keys each. */
export function measureEcho(ways: Ways<OpenShell>): Promise<Ways<number[]>> {
  return besideEchoes(ways, ({ shell }) => echoRound(shell))
}

/** The same while another terminal of the same container floods the same client, each by its own way. */
export function measureEchoInFlood(ways: Ways<OpenShell>): Promise<Ways<number[]>> {
  return besideEchoes(ways, async ({ open, shell }) => {
    const flood = await open(FLOODING)
    try {
      await untilBytes(flood, 1_000_000)
      return await echoRound(shell)
    } finally {
      await flood.close()
    }
  })
}

/** A program that gives each byte back. */
export async function openEcho(open: OpenShell): Promise<Shell> {
  const shell = await open(ECHOING)
  await untilPrinted(shell, 'GO')
  return shell
}

/** Milliseconds from a key to its echo. */
export function echoTime(shell: Shell): Promise<number> {
  return timed(() => {
    const echoed = untilBytes(shell, 1)
    shell.write('x')
    return echoed
  })
}

async function besideEchoes(
  ways: Ways<OpenShell>,
  round: (way: { open: OpenShell; shell: Shell }) => Promise<number>,
): Promise<Ways<number[]>> {
  const shells: Ways<{ open: OpenShell; shell: Shell }> = {}
  for (const [name, open] of Object.entries(ways)) shells[name] = { open, shell: await openEcho(open) }
  try {
    return await inTurns(
      ROUNDS,
      forEach(shells, (way) => () => round(way)),
    )
  } finally {
    await Promise.all(Object.values(shells).map(({ shell }) => shell.close()))
  }
}

async function echoRound(shell: Shell): Promise<number> {
  const took: number[] = []
  for (let key = 0; key < KEYS; key += 1) took.push(await echoTime(shell))
  return percentile95(took)
}
