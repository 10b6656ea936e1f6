import type { RuntimeBoot, RuntimeEnvironment } from '../../contract/runtime/boot.ts'
import type { Prepared } from '../boot/prepare.ts'
import { userEnvironment } from '../pty/shell.ts'
import { writeEnvironmentFile } from './environment-file.ts'

export interface CurrentEnvironment {
  /** Environment of the user's programs, as of now. */
  env(): Record<string, string>
  changeEnvironment(changed: RuntimeEnvironment): void
}

/** The environment of the user's programs, and how it becomes another. */
export function currentEnvironment(
  { env, workspaceId }: Pick<RuntimeBoot, 'env' | 'workspaceId'>,
  { account, workFolder }: Prepared,
): CurrentEnvironment {
  const withUser = (workspace: RuntimeEnvironment): Record<string, string> =>
    userEnvironment({ image: process.env, workspace, account, workspaceId, workFolder })
  let current = withUser(env)
  return {
    env: () => current,
    changeEnvironment: (changed) => {
      current = withUser(changed)
      writeEnvironmentFile(changed)
    },
  }
}
