import type { Page } from '@playwright/test'
import type { ShellKind } from './machine.ts'
import type { Profile } from './profile.ts'

/** One of the two ways to the same screens, as a person has it in front of them. */
export interface Shell {
  readonly kind: ShellKind
  readonly profile: Profile
  /** The window that is open now. */
  readonly page: Page
  /** What the screens call the worker that the shell comes with. */
  readonly workerLabel: string
  /** Closes the app and opens it again with the same profile: the desktop's agent goes and comes too. */
  reopen(): Promise<void>
  /** `kill -9` of the agent; it runs again when this returns (the app does that itself). */
  killAgent(): Promise<void>
  close(): Promise<void>
}

export interface ShellStart {
  profile: Profile
  /** Beside the environment that the tests run in. */
  environment: Readonly<Record<string, string>>
  /** Programs that the headless agent is started through, each of which runs the next; see `web-engine-states.spec.ts`. */
  launcher?: readonly string[]
}
