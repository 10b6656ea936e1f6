import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../../test/support/manual-clock.ts'
import { watchPeer } from './watch-peer.ts'

/** A peer that answers at once until it vanishes, watched. */
function watched() {
  const clock = new ManualClock()
  const peer = { isThere: true, isDeaf: false, asked: 0, goneAt: undefined as number | undefined }
  const watch = watchPeer({
    clock,
    silenceMs: 10_000,
    ask: () => {
      peer.asked += 1
      if (peer.isThere && !peer.isDeaf) watch.heard()
    },
    isDeaf: () => peer.isDeaf,
    gone: () => {
      peer.goneAt = clock.now()
    },
  })
  return { clock, peer, watch }
}

describe('a peer', () => {
  it('is there for as long as it answers, and asked seldom', async () => {
    const { clock, peer } = watched()
    await clock.advance(3_600_000)
    expect(peer).toMatchObject({ asked: 1_440, goneAt: undefined })
  })

  it.each([0, 1, 900, 1_250, 2_499])('that vanishes %i ms after an answer is found gone within 10 s', async (ms) => {
    const { clock, peer } = watched()
    await clock.advance(25_000 + ms)
    peer.isThere = false
    await clock.advance(10_000)
    expect(peer.goneAt).toBeLessThanOrEqual(clock.now())
    expect(peer.goneAt).toBeGreaterThan(clock.now() - 5_000)
  })

  it('is there while it says other things', async () => {
    const { clock, peer, watch } = watched()
    peer.isThere = false
    for (let passed = 0; passed < 60; passed += 1) {
      await clock.advance(7_000)
      watch.heard()
    }
    expect(peer.goneAt).toBeUndefined()
  })

  it('is not taken for gone while it is not read, nor for what passed while this computer slept', async () => {
    const { clock, peer } = watched()
    peer.isDeaf = true
    await clock.advance(60_000)
    peer.isDeaf = false
    await clock.advance(60_000)
    clock.sleep(600_000)
    await clock.advance(60_000)
    clock.jump(-3_600_000)
    await clock.advance(60_000)
    expect(peer.goneAt).toBeUndefined()
  })

  it('is not watched any more once nobody wants to know', async () => {
    const { clock, peer, watch } = watched()
    peer.isThere = false
    watch.stop()
    await clock.advance(60_000)
    expect(peer).toMatchObject({ asked: 0, goneAt: undefined })
  })
})
