import { CliFailure } from '../../../cli-failure.ts'
import type { Ended, RunProgram } from './run-program.ts'

export const UNIT = 'berth-agent.service'

/** Whose systemd: the system's, or the user's own. */
export type Manager = 'system' | 'user'

export interface UnitState {
  /** As systemd says: `active`, `inactive`, `failed`, `activating` … */
  active: string
  isEnabled: boolean
}

/** systemd, as far as one unit needs it. */
export interface Systemd {
  /** Reads units anew, starts ours at every boot from now on, and has it run what is written now. Throws `CliFailure`. */
  start(change: 'changed' | 'unchanged'): Promise<void>
  /** Stops ours, and starts it no more. Throws `CliFailure`. */
  stop(): Promise<void>
  /** Forgets a unit whose file has gone. Throws `CliFailure`. */
  reload(): Promise<void>
  state(): Promise<UnitState>
  /** Whether the service runs with nobody signed in: the system's do, a user's where that was allowed. */
  lastsWithoutLogin(): Promise<boolean>
  /** Allows it for the user's services. False where the system asks for an administrator. */
  keepWithoutLogin(): Promise<boolean>
}

/** Drives systemd by its own commands, `systemctl` and `loginctl`. */
export function systemdOf(manager: Manager, { userName, run }: { userName: string; run: RunProgram }): Systemd {
  const scope = manager === 'user' ? ['--user'] : []
  const systemctl = async (...args: string[]): Promise<Ended> => {
    const ended = await run('systemctl', [...scope, ...args])
    if (ended !== 'absent') return ended
    throw new CliFailure('systemd does not run this computer.', {
      hint: 'Have its own service manager run: ws --agent',
    })
  }
  const must = async (...args: string[]): Promise<void> => {
    const { code, said } = await systemctl(...args)
    if (code === 0) return
    const hint = said === '' ? undefined : said.slice(0, 500)
    throw new CliFailure(`systemctl ${[...scope, ...args].join(' ')} ended with ${code}.`, { hint })
  }
  const lastsWithoutLogin = async (): Promise<boolean> => {
    if (manager === 'system') return true
    // It knows no user who is neither signed in nor kept.
    const ended = await run('loginctl', ['show-user', userName, '--property=Linger'])
    return ended !== 'absent' && /^Linger=yes$/m.test(ended.said)
  }
  return {
    start: async (change) => {
      await must('daemon-reload')
      await must('enable', UNIT)
      await must(change === 'changed' ? 'restart' : 'start', UNIT)
    },
    stop: () => must('disable', '--now', UNIT),
    reload: () => must('daemon-reload'),
    state: async () => {
      const { said } = await systemctl('show', '--property=ActiveState,UnitFileState', UNIT)
      const property = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(said)?.[1] ?? ''
      return { active: property('ActiveState') || 'unknown', isEnabled: property('UnitFileState') === 'enabled' }
    },
    lastsWithoutLogin,
    keepWithoutLogin: async () => {
      // An administrator may have allowed it where the user may not.
      if (await lastsWithoutLogin()) return true
      const ended = await run('loginctl', ['enable-linger'])
      return ended !== 'absent' && ended.code === 0
    },
  }
}
