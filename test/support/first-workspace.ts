import { CoreFixture, collectEvents } from './core.ts'

/**
 * Before any test: one workspace from the template, so that no test waits for its image, and what keeps this computer from
 * making any is said once, with its reason, and not by every test in turn.
 */
export async function setup(): Promise<void> {
  await using fixture = await CoreFixture.start()
  const { events, stop } = collectEvents(fixture.core)
  const name = `first-${crypto.randomUUID().slice(0, 8)}`
  const { failure } = await fixture.core.workspaces.create({ name })
  stop()
  if (failure === undefined) return
  const said = events.flatMap((event) => (event.type === 'workspace.step' ? [event.step.detail ?? ''] : []))
  const lines = [...new Set(said.filter(Boolean))].slice(-SHOWN_LINES)
  throw new Error(`No workspace can be made here: ${failure.step}: ${failure.message}\n${lines.join('\n')}`)
}

const SHOWN_LINES = 30
