import { describe, expect, it } from 'vitest'
import type { AddOutcome, WorkerProbe } from '../../../contract/desktop/pairing.ts'
import { type AddEvent, type AddState, emptyAddState, needsTrust, reduceAdding } from './add-state.ts'

const REACHED: WorkerProbe = { reached: true, path: 'loopback', version: '1.4.0', docker: 'connected' }
const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':')
const SELF_SIGNED: WorkerProbe = { ...REACHED, path: 'tls', fingerprint: FINGERPRINT }
const NO_NAME: WorkerProbe = { reached: false, hop: 'name', message: 'atlas has no address.' }

const stateAfter = (...events: AddEvent[]): AddState => events.reduce(reduceAdding, emptyAddState({ host: ' atlas ' }))
const checked = (probe: WorkerProbe, host = 'atlas'): AddEvent[] => [
  { type: 'checking' },
  { type: 'checked', host, probe },
]
const ended = (outcome: AddOutcome): AddEvent[] => [{ type: 'adding' }, { type: 'ended', outcome }]

describe('adding a worker', () => {
  it('shows what is at the address that is typed, and at no other', () => {
    expect(stateAfter(...checked(REACHED)).stage).toMatchObject({ at: 'found', probe: REACHED })
    expect(stateAfter(...checked(NO_NAME)).stage).toEqual({ at: 'unreached', probe: NO_NAME })
    expect(stateAfter(...checked(REACHED, 'studio')).stage).toEqual({ at: 'checking' })
    const retyped: AddEvent = { type: 'typed', field: 'host', text: 'studio' }
    expect(stateAfter({ type: 'checking' }, retyped, { type: 'checked', host: 'atlas', probe: REACHED }).stage).toEqual(
      {
        at: 'typing',
      },
    )
    expect(stateAfter(...checked(REACHED), retyped).stage).toEqual({ at: 'typing' })
  })

  it('asks for trust in a certificate that nobody vouches for, and has it looked at anew where it changed', () => {
    expect(needsTrust(stateAfter(...checked(REACHED)))).toBe(false)
    expect(needsTrust(stateAfter(...checked(SELF_SIGNED)))).toBe(true)
    const trusted: AddEvent[] = [...checked(SELF_SIGNED), { type: 'trusted', isTrusted: true }]
    expect(needsTrust(stateAfter(...trusted))).toBe(false)
    const changed = stateAfter(...trusted, ...ended({ status: 'fingerprint_changed', message: 'It is another one.' }))
    expect(changed.stage).toEqual({
      at: 'unreached',
      probe: { reached: false, hop: 'tls', message: 'It is another one.' },
    })
    const again = checked(SELF_SIGNED).reduce(reduceAdding, changed)
    expect(needsTrust(again)).toBe(true)
  })

  it('keeps what was typed and found when it is refused, until the next letter', () => {
    const refused = stateAfter(
      { type: 'typed', field: 'code', text: 'kf7m-2qxd' },
      ...checked(REACHED),
      ...ended({ status: 'code_refused', message: 'The code is not right.' }),
    )
    expect(refused).toMatchObject({ code: 'kf7m-2qxd', stage: { at: 'found', refusal: { status: 'code_refused' } } })
    expect(reduceAdding(refused, { type: 'typed', field: 'code', text: 'kf' }).stage).toMatchObject({
      at: 'found',
      refusal: undefined,
    })
  })

  it('says which hop failed where the worker went away in between', () => {
    expect(stateAfter(...checked(REACHED), ...ended({ status: 'unreached', probe: NO_NAME })).stage).toEqual({
      at: 'unreached',
      probe: NO_NAME,
    })
  })
})
