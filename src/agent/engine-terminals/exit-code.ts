import { setTimeout as delay } from 'node:timers/promises'
import type { ExecSession } from '../engine/engine.ts'

const LOOKS = 40
const PAUSE_MS = 50
/** What is told of an end that nobody could say the code of. */
const UNKNOWN = 255

/** How a program ended whose streams have: the engine notes it a moment later than they end. */
export async function exitCodeAfterEnd(session: Pick<ExecSession, 'exitCode'>): Promise<number> {
  for (let look = 0; look < LOOKS; look += 1) {
    const code = await session.exitCode().catch(() => UNKNOWN)
    if (code !== undefined) return code
    await delay(PAUSE_MS)
  }
  return UNKNOWN
}
