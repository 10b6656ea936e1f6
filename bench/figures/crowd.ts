import { setTimeout as delay } from 'node:timers/promises'
import { enginePids, memoryMb, processorMs, runtimePid } from '../machine/processes.ts'
import type { OpenShell, Shell } from '../shell.ts'
import { percentile95 } from '../statistics.ts'
import type { Subject } from '../subject.ts'
import { type Row, ratioRow, valueRow } from '../table.ts'
import { timed } from '../turns.ts'
import { echoTime, openEcho } from './echo.ts'

const TERMINALS = 50
const PIECE_BYTES = 20_000
const EVERY_MS = 100
const KEY_EVERY_MS = 20
/** Where nothing has arrived for so long, nothing will: on a busy machine all of it may take much longer than its programs. */
const SILENT_MS = 20_000

/** What one way made of the crowd. */
interface Crowd {
  /** Lost, or there twice. */
  lostBytes: number
  echoMs: number
  cores: number
  grownMb: number
}

/** Fifty programs that each write 200 KB a second for so long, and somebody who types beside them. */
export async function measureCrowd(subject: Subject, seconds: number): Promise<Row[]> {
  const { docker, container, agentPid, ways } = subject
  const [[, ours] = [], [, peer] = []] = Object.entries(ways)
  if (ours === undefined || peer === undefined) throw new Error('A crowd is measured beside a peer.')
  const berthPids = [agentPid, await runtimePid(docker, container)]
  const berth = await crowd(ours, { pids: berthPids, seconds })
  const raw = await crowd(peer, { pids: await enginePids(docker, container), seconds })
  const both = (value: (crowd: Crowd) => number): Record<string, number[]> => ({
    berth: [value(berth)],
    'raw exec': [value(raw)],
  })
  const name = `50 × 200 KB/s, ${seconds} s`
  return [
    valueRow({ figure: `${name}: lost`, unit: 'bytes', goal: { atMost: 0 } }, [berth.lostBytes]),
    ratioRow(
      { figure: `${name}: echo p95`, unit: 'ms', goal: { atMost: 1.2 } },
      both(({ echoMs }) => echoMs),
    ),
    ratioRow(
      { figure: `${name}: processors`, unit: 'cores', goal: { atMost: 0.8 } },
      both(({ cores }) => cores),
    ),
    valueRow({ figure: `${name}: above idle`, unit: 'MB', goal: { atMost: 10 } }, [berth.grownMb]),
  ]
}

async function crowd(open: OpenShell, { pids, seconds }: { pids: number[]; seconds: number }): Promise<Crowd> {
  const typed = await openEcho(open)
  const idleMb = await memoryMb(pids)
  const writes = (seconds * 1000) / EVERY_MS
  const command = ['perl', '-e', WRITER, String(writes), String(PIECE_BYTES), String(EVERY_MS / 1000)]
  const shells: Shell[] = []
  for (let count = 0; count < TERMINALS; count += 1) shells.push(await open(command))
  const arrivals = shells.map((shell) => arrival(shell, READY.length + writes * PIECE_BYTES))
  await Promise.all(arrivals.map(({ ready }) => ready))
  const before = await processorMs(pids)
  const keys: number[] = []
  let lostBytes = 0
  const tookMs = await timed(async () => {
    for (const shell of shells) shell.write('x')
    const all = Promise.all(arrivals.map(({ whole }) => whole))
    await typeUntil(Promise.race([all, silence(arrivals)]), typed, keys)
    lostBytes = arrivals.reduce((sum, { missing }) => sum + Math.abs(missing()), 0)
  })
  const cores = ((await processorMs(pids)) - before) / tookMs
  const grownMb = (await memoryMb(pids)) - idleMb
  await Promise.all([typed, ...shells].map((shell) => shell.close()))
  return { lostBytes, echoMs: percentile95(keys), cores, grownMb }
}

/** What a writer says first: a key that came before its terminal stopped to echo would come back. */
const READY = 'r'

/** Waits for a key, then writes in its rhythm and stays. */
const WRITER = `
  system('stty raw -echo'); $| = 1; syswrite(STDOUT, '${READY}'); sysread(STDIN, $key, 1); my ($writes, $bytes, $every) = @ARGV;
  for (1 .. $writes) {
    my $piece = 'x' x $bytes;
    while (length $piece) { my $n = syswrite(STDOUT, $piece) // 0; $piece = substr($piece, $n) }
    select(undef, undef, undef, $every);
  }
  sleep 86400;
`

interface Arrival {
  /** The first of it is there. */
  ready: Promise<void>
  /** All of it is. */
  whole: Promise<void>
  /** Bytes; below zero where there are more than were to come. */
  missing: () => number
}

function arrival(shell: Shell, total: number): Arrival {
  let left = total
  let begun = (): void => undefined
  let ended = (): void => undefined
  const ready = new Promise<void>((resolve) => (begun = resolve))
  const whole = new Promise<void>((resolve) => (ended = resolve))
  shell.listen((bytes) => {
    left -= bytes.length
    begun()
    if (left <= 0) ended()
  })
  return { ready, whole, missing: () => left }
}

/** Resolves when nothing has arrived for `SILENT_MS`. */
async function silence(arrivals: readonly { missing: () => number }[]): Promise<void> {
  for (let before = Number.NaN; ; ) {
    const left = arrivals.reduce((sum, { missing }) => sum + missing(), 0)
    if (left === before) return
    before = left
    await delay(SILENT_MS, undefined, { ref: false })
  }
}

async function typeUntil(ended: Promise<unknown>, shell: Shell, keys: number[]): Promise<void> {
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  while (!isOver) {
    keys.push(await echoTime(shell))
    await delay(KEY_EVERY_MS)
  }
}
