import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { strings } from '../strings/index.ts'
import { formatLeft } from './format.ts'

type Lived = Pick<WorkspaceInfo, 'type' | 'status' | 'expiresAt' | 'idleStopSeconds' | 'notice'>

/** An end so near is said where it cannot be missed. The worker announces it as long before. */
const NEAR_MS = 10 * 60_000

/** What ends a workspace by itself: its stop, or a time. `isNear`: soon, or announced. */
export type End = { kind: 'stop' } | { kind: 'time'; leftMs: number; isNear: boolean }

/** What ends it by itself as of `now`; undefined: only a person does. */
export function endOf({ type, expiresAt, notice }: Lived, now: number): End | undefined {
  if (type === 'temporary') return { kind: 'stop' }
  if (expiresAt === undefined) return undefined
  const leftMs = Math.max(0, Date.parse(expiresAt) - now)
  return { kind: 'time', leftMs, isNear: leftMs <= NEAR_MS || notice?.code === 'expiring' }
}

/** What will become of it by itself, as far as nothing else says it already; the end before the stop. */
export function lifeInWords(workspace: Lived, now: number): string[] {
  const end = endOf(workspace, now)
  const { idleStopSeconds = 0, status } = workspace
  const words: string[] = []
  const isUp = status === 'running' || status === 'creating'
  if (end?.kind === 'stop' && isUp) words.push(strings.life.temporary)
  if (end?.kind === 'time' && !end.isNear) words.push(strings.life.endsIn(formatLeft(end.leftMs)))
  if (status === 'running' && idleStopSeconds > 0)
    words.push(strings.life.idleStop(strings.settings.span(idleStopSeconds)))
  return words
}
