import { expect } from 'vitest'
import { claimFolder } from '../../src/agent/store/folder.ts'
import { type CoreFixture, until } from './core.ts'
import { leftOvers } from './engine.ts'
import { storedSecrets } from './stored-secrets.ts'

/** Called when a test has ended, the last one first. */
export type Closing = (() => Promise<unknown>)[]

/** Starts the next agent on the folder of one that was killed; settles when it has looked at the engine. */
export async function nextAgent(fixture: CoreFixture, closing: Closing): Promise<void> {
  const claimed = await claimFolder(fixture.configDir)
  closing.push(() => claimed.release())
  const core = await fixture.startCore()
  // From the first moment: nobody is making anything any more.
  expect(core.workspaces.list().map(({ status }) => status)).not.toContain('creating')
  await until(core, () => core.engine.state.status === 'ready')
}

/** Fails where a workspace has left something behind: in the engine, or on the disk. Ends the agent. */
export async function expectNothingLeft(fixture: CoreFixture): Promise<void> {
  expect(fixture.core.workspaces.list()).toEqual([])
  // Ends what it does in the background as well.
  await fixture.stopCore()
  expect(await leftOvers(fixture.engine, fixture.agentId)).toEqual([])
  expect(await storedSecrets(fixture.configDir)).toEqual({})
}
