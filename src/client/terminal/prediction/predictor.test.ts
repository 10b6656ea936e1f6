import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.ts'
import { type ShellMode, SimulatedShell } from '../../../../test/support/simulated-shell.ts'
import { Predictor } from './predictor.ts'

const LEFT = '\u{1b}[D'
const RIGHT = '\u{1b}[C'
const BACKSPACE = '\u{7f}'
const DELAY_MS = 150

function atShell({ cols = 40, mode = 'line' }: { cols?: number; mode?: ShellMode } = {}) {
  const clock = new ManualClock()
  const shell = new SimulatedShell(clock, { delayMs: DELAY_MS, cols })
  shell.mode = mode
  const predictor = new Predictor({ view: shell.view, clock, changed: () => undefined })
  predictor.setMode('on')
  shell.onParsed = () => predictor.parsed()
  shell.onTaken = (offset) => predictor.acknowledged(offset)
  const type = (...keys: string[]): void => {
    for (const key of keys) predictor.typed(key, shell.type(key))
  }
  /** Long enough for all that is under way, and for a doubt. */
  const quiet = (): Promise<void> => clock.advance(1_000)
  const proven = async (): Promise<void> => {
    type('a')
    await quiet()
  }
  const drawn = (): { text: string; col: number } => shell.drawn(predictor.prediction)
  return { clock, shell, predictor, type, quiet, proven, drawn }
}

describe('keys on a slow link', () => {
  it('are shown at once when the shell has echoed one, and no more as predictions when it echoes them', async () => {
    const { clock, predictor, type, drawn, quiet } = atShell()
    type('l')
    expect(predictor.prediction).toBeUndefined()
    await clock.advance(DELAY_MS)
    expect(drawn()).toEqual({ text: '$ l', col: 3 })
    type('s', ' ', '-')
    expect(predictor.prediction?.cells.map(({ col, text }) => [col, text])).toEqual([
      [3, 's'],
      [5, '-'],
    ])
    expect(drawn()).toEqual({ text: '$ ls -', col: 6 })
    await quiet()
    expect(predictor.prediction).toBeUndefined()
    expect(drawn()).toEqual({ text: '$ ls -', col: 6 })
  })

  it('edit the line that was typed: backspace, left, right, in the middle', async () => {
    const { type, proven, drawn, quiet } = atShell()
    await proven()
    type('b', 'c', 'd', LEFT, LEFT, 'x', BACKSPACE, BACKSPACE, 'y', RIGHT, 'z')
    expect(drawn()).toEqual({ text: '$ ayczd', col: 6 })
    await quiet()
    expect(drawn()).toEqual({ text: '$ ayczd', col: 6 })
  })

  it('may take two cells', async () => {
    const { type, proven, drawn, quiet } = atShell()
    await proven()
    type('漢', '字', LEFT, 'x', BACKSPACE, BACKSPACE)
    expect(drawn()).toEqual({ text: '$ a字', col: 3 })
    await quiet()
    expect(drawn()).toEqual({ text: '$ a字', col: 3 })
  })

  it('that leave what was typed are not foretold, nor anything after them until the shell answered', async () => {
    const { predictor, type, proven, drawn } = atShell()
    await proven()
    type('b', BACKSPACE, BACKSPACE, BACKSPACE, 'c')
    expect(predictor.prediction?.cursorCol).toBe(2)
    expect(drawn().text).toBe('$')
  })

  it('are foretold up to the end of the row, and on the next one when the shell is there', async () => {
    const { clock, type, proven, drawn, quiet, predictor } = atShell({ cols: 10 })
    await proven()
    type(...'bcdefghij')
    expect(drawn()).toEqual({ text: '$ abcdefg', col: 9 })
    await quiet()
    expect(drawn()).toEqual({ text: 'ij', col: 2 })
    type('k')
    await clock.advance(DELAY_MS)
    type('l')
    expect(predictor.prediction).toBeDefined()
    expect(drawn()).toEqual({ text: 'ijkl', col: 4 })
  })

  it('ask for proof again after Enter, so that a password is never shown', async () => {
    const { shell, predictor, type, proven, quiet } = atShell()
    await proven()
    type('b', '\r')
    expect(predictor.prediction?.cells).toMatchObject([{ text: 'b' }])
    shell.mode = 'silent'
    type(...'secret')
    expect(predictor.prediction?.cells.map(({ text }) => text).join('')).not.toContain('s')
    await quiet()
    for (const key of 'more secret') {
      type(key)
      expect(predictor.prediction).toBeUndefined()
    }
    await quiet()
    type('\r')
    expect(predictor.prediction).toBeUndefined()
  })

  it('are foretold soon after Enter though nobody waits for the prompt', async () => {
    const { clock, predictor, type, proven, drawn, quiet } = atShell()
    await proven()
    type('\r')
    for (const letter of 'abcdef') {
      await clock.advance(60)
      type(letter)
    }
    expect(predictor.prediction).toBeDefined()
    expect(drawn()).toEqual({ text: '$ abcdef', col: 8 })
    await quiet()
    expect(predictor.prediction).toBeUndefined()
    expect(drawn()).toEqual({ text: '$ abcdef', col: 8 })
  })

  it('are not foretold where one that is not known is followed by one at once, though both are placed late', async () => {
    const { clock, type, proven, drawn, quiet } = atShell()
    await proven()
    type('\r')
    await clock.advance(90)
    type(BACKSPACE, 'b')
    await clock.advance(40)
    type('b')
    await clock.advance(160)
    type('a')
    expect(drawn()).toEqual({ text: '$ bb', col: 4 })
    await quiet()
    expect(drawn()).toEqual({ text: '$ bba', col: 5 })
  })

  it('are withdrawn where the shell does otherwise, and foretold again once it echoes', async () => {
    const { clock, shell, predictor, type, proven, quiet, drawn } = atShell()
    await proven()
    shell.mode = 'silent'
    type('b', 'c')
    expect(drawn().text).toBe('$ abc')
    await quiet()
    expect(predictor.prediction).toBeUndefined()
    expect(drawn().text).toBe('$ a')
    shell.mode = 'line'
    type('d')
    expect(predictor.prediction).toBeUndefined()
    await clock.advance(DELAY_MS)
    type('e')
    expect(drawn().text).toBe('$ ade')
  })

  it('are not drawn over what a job printed meanwhile', async () => {
    const { clock, shell, predictor, type, proven } = atShell()
    await proven()
    type('b')
    shell.print()
    await clock.advance(DELAY_MS / 2)
    expect(predictor.prediction).toBeUndefined()
  })

  it('are void after a change of size', async () => {
    const { predictor, type, proven } = atShell()
    await proven()
    type('b')
    expect(predictor.prediction).toBeDefined()
    predictor.reset()
    expect(predictor.prediction).toBeUndefined()
  })
})

it('predicts by itself on links slower than 30 ms, and does not waver', async () => {
  const { predictor, type, clock, quiet } = atShell()
  predictor.setMode('auto')
  const predicts = async (): Promise<boolean> => {
    type('\r')
    await quiet()
    type('a')
    await clock.advance(DELAY_MS)
    type('b')
    return predictor.prediction !== undefined
  }
  const expected: [number, boolean][] = [
    [5, false],
    [30, false],
    [31, true],
    [25, true],
    [19, false],
    [25, false],
  ]
  for (const [roundTripMs, isPredicting] of expected) {
    predictor.measured(roundTripMs)
    expect(await predicts()).toBe(isPredicting)
    await quiet()
  }
  predictor.measured(500)
  predictor.setMode('off')
  expect(await predicts()).toBe(false)
})

const key = fc.constantFrom('a', 'b', ' ', 'é', '漢', BACKSPACE, LEFT, RIGHT, '\r')
const pauses = fc.constantFrom(0, 0, 5, 40, 90, 160, 700)
const typing = fc.array(fc.tuple(key, pauses), { maxLength: 30 })

describe('whatever is typed', () => {
  it('to a shell is drawn as the shell will show it', { timeout: 30_000 }, async () => {
    let predictions = 0
    await fc.assert(
      fc.asyncProperty(typing, fc.integer({ min: 8, max: 40 }), async (typed, cols) => {
        const { clock, predictor, type, drawn, quiet, proven } = atShell({ cols })
        // The same keys, each waited for: what the shell shows after each of them.
        const truth = atShell({ cols })
        truth.predictor.setMode('off')
        await proven()
        await truth.proven()
        const states = [truth.drawn()]
        for (const [typedKey, pause] of typed) {
          type(typedKey)
          truth.type(typedKey)
          await truth.quiet()
          states.push(truth.drawn())
          if (predictor.prediction !== undefined) {
            predictions += 1
            expect(states).toContainEqual(drawn())
          }
          await clock.advance(pause)
        }
        await quiet()
        expect(predictor.prediction).toBeUndefined()
        expect(drawn()).toEqual(states.at(-1))
      }),
      { numRuns: 150 },
    )
    expect(predictions).toBeGreaterThan(300)
  })

  it.each(['silent', 'full-screen', 'moves'] as const)(
    'to a program of the kind %s is not shown',
    { timeout: 30_000 },
    async (mode) => {
      await fc.assert(
        fc.asyncProperty(typing, async (typed) => {
          const { clock, predictor, type, quiet } = atShell({ mode })
          for (const [typedKey, pause] of typed) {
            type(typedKey)
            expect(predictor.prediction).toBeUndefined()
            await clock.advance(pause)
          }
          await quiet()
          expect(predictor.prediction).toBeUndefined()
        }),
        { numRuns: 100 },
      )
    },
  )

  it('leaves nothing behind, whatever kind of program it is meanwhile', { timeout: 30_000 }, async () => {
    const modes = fc.constantFrom<ShellMode>('line', 'silent', 'full-screen', 'moves')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(key, pauses, modes), { maxLength: 30 }), async (typed) => {
        const { clock, shell, predictor, type, quiet } = atShell()
        for (const [typedKey, pause, mode] of typed) {
          shell.mode = mode
          type(typedKey)
          await clock.advance(pause)
        }
        await quiet()
        expect(predictor.prediction).toBeUndefined()
      }),
      { numRuns: 100 },
    )
  })
})
