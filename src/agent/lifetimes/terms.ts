import type { CreateWorkspace, WorkspaceType } from '../../contract/agent/workspace.ts'
import type { Terms, Written } from '../../domain/lifetime.ts'
import type { WorkspaceRecord } from '../store/records.ts'

const DAY_SECONDS = 86_400

type LifeOfRecord = Pick<WorkspaceRecord, 'type' | 'expiresAt' | 'lastActiveAt' | 'idleStopSeconds' | 'ttlSeconds'>

/** What a record says of the life of a workspace that is asked for now. */
export function lifeAsAsked(
  {
    type = 'persistent',
    ttlSeconds,
    idleStopSeconds,
  }: Pick<CreateWorkspace, 'type' | 'ttlSeconds' | 'idleStopSeconds'>,
  { now, settings }: { now: Date; settings: { idleStopSeconds: number } },
): LifeOfRecord {
  const ttl = ttlOf(type, ttlSeconds)
  return {
    type,
    idleStopSeconds: idleStopSeconds ?? settings.idleStopSeconds,
    lastActiveAt: now.toISOString(),
    ...(ttl === undefined ? {} : { ttlSeconds: ttl, expiresAt: timestamp(now.getTime() + ttl * 1000) }),
  }
}

/** How long a workspace of a type lives after its last use, in seconds; undefined for those that have no end. */
export function ttlOf(type: WorkspaceType, ttlSeconds: number | undefined): number | undefined {
  return type === 'agent' ? (ttlSeconds ?? DAY_SECONDS) : undefined
}

export function termsOf({ type, ttlSeconds, idleStopSeconds }: LifeOfRecord): Terms {
  const ttl = ttlOf(type, ttlSeconds)
  return {
    ttlMs: ttl === undefined ? undefined : ttl * 1000,
    idleStopMs: idleStopSeconds === undefined || idleStopSeconds === 0 ? undefined : idleStopSeconds * 1000,
  }
}

/** What an earlier agent has written down. */
export function writtenIn({ expiresAt, lastActiveAt }: LifeOfRecord): Omit<Written, 'isRunning'> {
  return {
    expiresAtMs: expiresAt === undefined ? undefined : Date.parse(expiresAt),
    lastActiveAtMs: lastActiveAt === undefined ? undefined : Date.parse(lastActiveAt),
  }
}

export function timestamp(wallMs: number): string {
  return new Date(wallMs).toISOString()
}
