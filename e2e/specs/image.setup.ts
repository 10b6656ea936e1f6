import { execFile } from 'node:child_process'
import process from 'node:process'
import { promisify } from 'node:util'
import { requireMachine, test } from '../support/fixtures.ts'
import { HeadlessAgent } from '../support/headless-agent.ts'
import { WS } from '../support/machine.ts'

/** A first build of the template's image fetches some hundred packages. */
const IMAGE_LIMIT_MS = 10 * 60_000

test('the image of the template is there, so that no other test waits for its build', async ({ profile, engine }) => {
  requireMachine('web')
  test.setTimeout(IMAGE_LIMIT_MS)
  const agent = await HeadlessAgent.start({ profile, environment: {} })
  try {
    await promisify(execFile)(process.execPath, [WS, 'start', `e2e-image-${crypto.randomUUID().slice(0, 8)}`], {
      env: { ...process.env, WS_CONFIG_DIR: profile.configDir },
    })
  } finally {
    await agent.end()
    await engine.sweep()
  }
})
