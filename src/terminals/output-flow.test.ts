import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OUTPUT_WINDOW_BYTES } from '../contract/terminal/limits.ts'
import { afterAck, afterSend, flowFrom, holdsBack, isStalled, sendableBytes } from './output-flow.ts'

test('no more than the window is under way, whatever is produced, sent and acknowledged', () => {
  const step = fc.record({
    produced: fc.nat(3_000_000),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    acked: fc.nat(),
  })
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.array(step), (start, steps) => {
      let flow = flowFrom(start)
      let produced = start
      for (const { produced: more, share, acked } of steps) {
        produced += more
        flow = afterSend(flow, Math.floor(sendableBytes(flow, produced) * share))
        flow = afterAck(flow, flow.acked + (acked % (flow.sent - flow.acked + 1))) ?? flow
        expect(flow.sent - flow.acked).toBeLessThanOrEqual(OUTPUT_WINDOW_BYTES)
        expect(flow.sent).toBeLessThanOrEqual(produced)
        // Either something can be sent, or all was, or the client has to acknowledge first.
        expect(sendableBytes(flow, produced) > 0 || flow.sent === produced || isStalled(flow)).toBe(true)
        if (isStalled(flow)) expect(holdsBack(flow, produced)).toBe(true)
      }
    }),
  )
})

test('an ack beyond what was sent is no ack; an old one changes nothing', () => {
  const flow = afterSend(flowFrom(100), 50)
  expect(afterAck(flow, 151)).toBeUndefined()
  expect(afterAck(flow, 99)).toBe(flow)
  expect(afterAck(flow, 150)).toEqual({ sent: 150, acked: 150 })
})
