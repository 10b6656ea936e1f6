import type { Logger } from 'pino'
import { expect, test, vi } from 'vitest'
import type { Engine } from '../engine/engine.ts'
import { EngineUnavailable } from '../engine/errors.ts'
import type { Place } from '../engine-terminals/place.ts'
import { LastScreens } from './last-screens.ts'

const PLACE: Place = { workspaceId: 'w', name: 'web', containerId: 'c' }
const TERMINAL = '00000000-0000-4000-8000-000000000001'

test('whoever attaches while the engine is away is told just that, and nobody looks for a fault of the agent', async () => {
  const error = vi.fn()
  const inspect = () => Promise.reject(new EngineUnavailable('refused', undefined))
  const screens = new LastScreens({
    engine: async () => ({ containers: { inspect } }) as unknown as Engine,
    log: { error } as unknown as Logger,
  })
  const channel = screens.join(PLACE)
  const heard: unknown[] = []
  const closed = new Promise((resolve) => {
    channel.listen({ message: (message) => heard.push(JSON.parse(String(message))), closed: resolve })
  })
  const attach = { type: 'attach', terminal: TERMINAL, client: TERMINAL, cols: 80, rows: 24 }
  channel.send(JSON.stringify(attach))
  await closed
  expect(heard).toMatchObject([{ type: 'error', code: 'ENGINE_UNAVAILABLE' }])
  expect(error).not.toHaveBeenCalled()
})
