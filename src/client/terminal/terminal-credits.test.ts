import { describe, expect, it } from 'vitest'
import { simulatedScreen } from '../../../test/support/simulated-screen.ts'

describe('the credits of a terminal', () => {
  it('are given back as output is parsed, so that a flood of any length passes a small window', async () => {
    const { clock, terminal, seen } = simulatedScreen({ messageBytes: 65_536 })
    await clock.advance(10)
    terminal.write(new Uint8Array(6_000_000).fill(65))
    await clock.advance(5_000)
    expect(seen()).toHaveLength(6_000_000)
    expect(terminal.mostUnacknowledged).toBeLessThanOrEqual(1_048_576)
    const acks = terminal.control.filter((message) => message.type === 'ack')
    expect(acks.length).toBeLessThan(6_000_000 / 131_072 + 2)
  })

  it('stay out while nothing is parsed', async () => {
    const { clock, terminal, seen, parser, unparsed } = simulatedScreen({ messageBytes: 65_536 })
    parser.isStalled = true
    await clock.advance(10)
    terminal.write(new Uint8Array(3_000_000))
    await clock.advance(5_000)
    expect(seen()).toHaveLength(1_048_576)
    parser.isStalled = false
    for (const parsed of unparsed.splice(0)) parsed()
    await clock.advance(5_000)
    expect(seen()).toHaveLength(3_000_000)
  })

  it('keep a screen that parses nothing from gathering more at every reconnection', async () => {
    const { clock, terminal, seen, parser, unparsed } = simulatedScreen({ messageBytes: 65_536 })
    parser.isStalled = true
    await clock.advance(10)
    terminal.write(new Uint8Array(9_000_000))
    for (let turn = 0; turn < 10; turn += 1) {
      await clock.advance(20_000)
      terminal.break(1006)
    }
    expect(seen().length).toBeLessThanOrEqual(2 * 1_048_576)
    parser.isStalled = false
    for (const parsed of unparsed.splice(0)) parsed()
    await clock.advance(60_000)
    expect(seen()).toHaveLength(9_000_000)
  })

  it('hold back pasted input that the program does not read', async () => {
    const { clock, terminal, client } = simulatedScreen()
    terminal.acknowledgesInput = false
    await clock.advance(10)
    client.write(new Uint8Array(2_000_000))
    await clock.advance(5_000)
    expect(terminal.typed).toHaveLength(262_144)
    expect(client.pendingInputBytes).toBe(2_000_000)
  })
})
