import { createHash, type Hash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type BerthShell, berthShell } from '../berth/berth-shell.ts'
import { processesIn } from '../machine/processes.ts'
import { untilPrinted } from '../shell.ts'
import type { Subject } from '../subject.ts'

const LINE = 'what a program has to say, in lines of the same kind'
const STALL_MS = 4_000
const TAIL_BYTES = 200_000
const TAILS = 20

/**
 * Bytes of `total` that a reader is not given who stalls for four seconds in the middle. All that comes has to be what was
 * written: a difference throws.
 */
export async function lostInStall({ worker, workspace }: Subject, total: number): Promise<number> {
  const script = `stty raw -echo; printf GO; head -c 1 >/dev/null; yes "${LINE}" | head -c ${total}`
  const shell = await berthShell(worker, workspace)(['sh', '-c', script])
  await untilPrinted(shell, 'GO')
  const received = createHash('sha256')
  let bytes = 0
  let hasStalled = false
  shell.listen((piece) => {
    received.update(piece)
    bytes += piece.length
    if (hasStalled || bytes < total / 2) return
    hasStalled = true
    void stall(shell)
  })
  shell.write('x')
  await shell.untilExited()
  if (bytes === total && received.digest('hex') !== expected(total).digest('hex')) {
    throw new Error('What arrived is not what was written.')
  }
  return total - bytes
}

/** Bytes lost of programs that write 200 KB and end at once. */
export async function lostTails({ worker, workspace }: Subject): Promise<number[]> {
  const lost: number[] = []
  for (let round = 0; round < TAILS; round += 1) {
    const shell = await berthShell(worker, workspace)(['sh', '-c', `head -c ${TAIL_BYTES} /dev/zero; exit 3`])
    let bytes = 0
    shell.listen((piece) => {
      bytes += piece.length
    })
    await shell.untilExited()
    lost.push(TAIL_BYTES - bytes)
  }
  return lost
}

/** Processes that go on after their terminal was closed: a shell, its child, and one in the background. */
export async function leftAfterClose({ worker, workspace, docker, container }: Subject): Promise<number> {
  const shell = await berthShell(worker, workspace)(['sh', '-c', 'sleep 86399 & printf GO; sleep 86398'])
  await untilPrinted(shell, 'GO')
  await shell.close()
  return (await processesIn(docker, container)).filter(({ line }) => line.includes('8639')).length
}

async function stall(shell: BerthShell): Promise<void> {
  const goOn = shell.stall()
  await delay(STALL_MS)
  goOn()
}

function expected(total: number): Hash {
  const hash = createHash('sha256')
  const block = Buffer.from(`${LINE}\n`.repeat(10_000))
  for (let left = total; left > 0; left -= block.length) hash.update(block.subarray(0, Math.min(left, block.length)))
  return hash
}
