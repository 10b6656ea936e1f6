import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { Terminal } from '@xterm/headless'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildScreen } from './build-screen.ts'
import { SCROLLBACK_LINES } from './limits.ts'

const SIZE = { cols: 20, rows: 6 }

function terminal(): Terminal {
  const made = new Terminal({ ...SIZE, scrollback: SCROLLBACK_LINES, allowProposedApi: true })
  made.loadAddon(new UnicodeGraphemesAddon())
  return made
}

async function write(target: Terminal, bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => target.write(bytes, resolve))
}

/** All that a person sees of a terminal, and what it answers keys and the mouse with. */
function shown({ buffer: { active }, modes }: Terminal) {
  const lines = Array.from({ length: active.length }, (_, y) => {
    const line = active.getLine(y)
    const cells = Array.from({ length: SIZE.cols }, (__, x) => line?.getCell(x))
    const looks = cells.map((cell) => (cell?.getChars().trim() ? `${cell.getFgColor()}/${cell.isBold()}` : ''))
    return { text: line?.translateToString(true), looks: looks.join(' ').trimEnd() }
  })
  while (lines.length > 0 && lines.at(-1)?.text === '') lines.pop()
  return { type: active.type, cursor: [active.cursorX, active.cursorY], modes, lines }
}

type Base = Parameters<typeof buildScreen>[0]['base']
const BEGIN: Base = { offset: 0, stateFile: undefined, modes: '' }

/** The screen of all before `end`, built on what `base` has. */
async function screenAt(bytes: Buffer, end: number, base = BEGIN) {
  const sizes = [{ ...SIZE, offset: base.offset }]
  const job = { id: 1, ringFile: '', base, end, sizes, saveTo: undefined }
  return await buildScreen(job, bytes.subarray(base.offset))
}

const part = fc.oneof(
  { arbitrary: fc.constantFrom('word ', 'longer than one line of it ', '漢字', 'é', '👩‍👩‍👧', '\t'), weight: 4 },
  { arbitrary: fc.constantFrom('\r\n', '\n', '\r', '\b'), weight: 4 },
  { arbitrary: fc.constantFrom('\x1b[31m', '\x1b[1m', '\x1b[38;5;200m', '\x1b[0m'), weight: 2 },
  { arbitrary: fc.constantFrom('\x1b[3;5H', '\x1b[H', '\x1b[A', '\x1b[4C', '\x1b[K', '\x1b[2J', '\x1b[2P'), weight: 2 },
  {
    arbitrary: fc.constantFrom('\x1b7', '\x1b8', '\x1b[2;4r', '\x1b[r', '\x1b(0', '\x1b(B', '\x1b)0', '\x0e', '\x0f'),
    weight: 1,
  },
  {
    arbitrary: fc.constantFrom('\x1b[?1049h', '\x1b[?1049l', '\x1b[?2004h', '\x1b[?1h', '\x1b[?1002h', '\x1b[?7l'),
    weight: 1,
  },
  {
    arbitrary: fc.constantFrom('\x1b[?7h', '\x1b[?1006h', '\x1b[?25l', '\x1b[4 q', '\x1b]0;title\x07', '\x1b[!p'),
    weight: 1,
  },
)

let folder: string
let stateFile: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-screens-'))
  stateFile = join(folder, 'screen')
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('the screen at any byte, built on an earlier one, and the bytes from there on, show what the whole stream shows', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (parts, share, shareOfBase) => {
        const bytes = Buffer.from(parts.join(''))
        const end = Math.floor(bytes.length * share)
        const before = await screenAt(bytes, Math.floor(end * shareOfBase))
        writeFileSync(stateFile, before.screen)
        const { offset, screen } = await screenAt(bytes, end, { offset: before.offset, stateFile, modes: '' })
        const [whole, rebuilt] = [terminal(), terminal()]
        await write(whole, bytes)
        await write(rebuilt, screen)
        await write(rebuilt, bytes.subarray(offset))
        expect(shown(rebuilt)).toEqual(shown(whole))
      },
    ),
    // The addon that tells the lines is not ours: which of its corners are tried does not change by itself.
    { numRuns: 80, seed: 20261121 },
  )
})
