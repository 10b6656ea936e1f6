import type { DeletionReport, WorkspaceNotice } from '../../contract/agent/workspace.ts'

/** The words for an end that is near. */
export function expiringNotice(name: string, leftMs: number): WorkspaceNotice {
  return {
    code: 'expiring',
    message: `${name} ends in about ${spanInWords(leftMs)}, for nobody uses it. Work in it or touch it to put that off.`,
  }
}

/** The words for a workspace that ran on unused for its whole time. */
export function idleNotice(idleStopSeconds: number): WorkspaceNotice {
  return {
    code: 'idle_stopped',
    message: `It was stopped, for nobody had used it for ${spanInWords(idleStopSeconds * 1000)}. Start it to go on.`,
  }
}

/** The words for a workspace that was to be deleted and was kept; `why` it was to be. */
export function keptNotice(why: 'stopped' | 'expired', { reasons }: DeletionReport): WorkspaceNotice {
  const because = reasons.every(({ kind }) => kind === 'unknown')
    ? 'whether it holds work that is nowhere else could not be found out'
    : 'it holds work that is nowhere else'
  const was = why === 'stopped' ? 'It is temporary and was stopped' : 'Its time is over and it was stopped'
  return { code: 'kept', message: `${was}, but it was kept: ${because}. See to that, then delete it.` }
}

/** A span as people say it: `10 minutes`, `an hour`. */
export function spanInWords(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 90) return seconds === 1 ? 'a second' : `${seconds} seconds`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return minutes === 60 ? 'an hour' : `${minutes} minutes`
  const hours = Math.round(minutes / 60)
  return hours < 36 ? `${hours} hours` : `${Math.round(hours / 24)} days`
}
