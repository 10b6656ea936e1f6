import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import tar from 'tar-stream'
import { expect, test } from 'vitest'
import type { KeptTerminal } from '../../contract/runtime/kept-terminal.ts'
import type { Engine } from '../engine/engine.ts'
import { surveyTerminals } from './survey.ts'

type Entry = Partial<tar.Header> & { name: string; content?: string | Buffer }

/** What ends an archive. */
const TRAILER_BYTES = 1024
const PACKED_AT_ONCE = 500

/** An engine whose container has these in the state folder, and how much of that was read. */
function engineWith(entries: readonly Entry[]): { engine: Engine; read: { bytes: number } } {
  const read = { bytes: 0 }
  async function* archive(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < entries.length; from += PACKED_AT_ONCE) {
      const pack = tar.pack()
      for (const { content = '', ...header } of entries.slice(from, from + PACKED_AT_ONCE)) pack.entry(header, content)
      pack.finalize()
      const parts: unknown[] = await Readable.from(pack, { objectMode: true }).toArray()
      const packed = Buffer.concat(parts.filter((part) => part instanceof Uint8Array)).subarray(0, -TRAILER_BYTES)
      read.bytes += packed.length
      yield packed
    }
    yield new Uint8Array(TRAILER_BYTES)
  }
  const containers = { getArchive: async () => Readable.from(archive(), { objectMode: false }) }
  return { engine: { containers } as unknown as Engine, read }
}

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

function kept(number: number, base: Partial<KeptTerminal['screen']['base']> = {}): KeptTerminal {
  const createdAt = new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString()
  return {
    record: { id: uuid(number), title: `shell ${number}`, isRenamed: false, createdAt, cols: 80, rows: 24, clients: 0 },
    screen: { base: { offset: 0, modes: '', ...base }, sizes: [{ cols: 80, rows: 24, offset: 0 }] },
  }
}

/** What a runtime leaves of a terminal. */
function terminal(number: number, note: unknown = kept(number), ring = `1-${number}-${uuid(number)}.ring`): Entry[] {
  const mtime = new Date(Date.UTC(2026, 0, 1, 0, number))
  return [
    { name: `berth/${ring}`, content: Buffer.alloc(5000), mtime },
    { name: `berth/${ring}.terminal`, content: typeof note === 'string' ? note : JSON.stringify(note), mtime },
  ]
}

const titles = async (entries: readonly Entry[]): Promise<string[]> =>
  (await surveyTerminals(engineWith(entries).engine, 'any')).map(({ record }) => record.title)

test('the newest twenty are found, in the order of their creation', async () => {
  const entries = [...Array(25).keys()].reverse().flatMap((number) => terminal(number))
  expect(await titles(entries)).toEqual(Array.from({ length: 20 }, (_, index) => `shell ${index + 5}`))
})

test('what is no regular file, not whole, too large or not of a runtime is left out, and keeps nothing else from being found', async () => {
  const ring = `1-9-${uuid(9)}.ring`
  const note = JSON.stringify(kept(9))
  const beside = (name: string, entry: Partial<Entry>): Entry[] => [...terminal(9).slice(0, 1), { name, ...entry }]
  const hostile: Entry[][] = [
    beside(`berth/${ring}.terminal`, { type: 'symlink', linkname: '/etc/passwd' }),
    beside(`berth/${ring}.terminal`, { type: 'link', linkname: '/etc/shadow' }),
    beside(`berth/${ring}.terminal`, { type: 'character-device' }),
    beside(`berth/${ring}.terminal`, { type: 'fifo' }),
    beside(`berth/deeper/${ring}.terminal`, { content: note }),
    beside(`berth/${ring}.terminal`, { content: note + ' '.repeat(65_536) }),
    terminal(9, '{"record":'),
    terminal(9, { ...kept(9), record: { ...kept(9).record, id: '../../root' } }),
    terminal(9, kept(9), '.ring'),
    terminal(9, kept(9), 'with space.ring'),
    terminal(9, kept(9, { stateFile: '/etc/passwd' })),
    terminal(9, kept(9, { stateFile: `/var/lib/berth/${ring}.screen5` })),
    [{ name: `berth/${ring}`, content: Buffer.alloc(9_442_000) }, ...terminal(9).slice(1)],
    [{ name: `berth/${ring}`, type: 'symlink', linkname: '/dev/zero' }, ...terminal(9).slice(1)],
  ]
  for (const entries of hostile) expect(await titles([...entries, ...terminal(1)])).toEqual(['shell 1'])
})

test('an id that is there twice is one terminal, the newest', async () => {
  const twice = [...terminal(1), ...terminal(2, { ...kept(2), record: { ...kept(2).record, id: uuid(1) } })]
  expect(await titles(twice)).toEqual(['shell 2'])
})

test('where there is too much, reading ends, and what was found until then is told', async () => {
  const endless = Array.from({ length: 10_000 }, (): Entry => ({ name: `berth/${randomUUID()}` }))
  const { engine, read } = engineWith([...terminal(1), ...endless, ...terminal(2)])
  expect((await surveyTerminals(engine, 'any')).map(({ record }) => record.title)).toEqual(['shell 1'])
  expect(read.bytes).toBeLessThan(4_000_000)
})

test('where it takes too long, what was found until then is told', async () => {
  const pack = tar.pack()
  for (const { content = '', ...header } of terminal(1)) pack.entry(header, content)
  const getArchive = async (_container: string, _folder: string, limit: AbortSignal): Promise<Readable> => {
    const archive = Readable.from(pack, { objectMode: false })
    limit.addEventListener('abort', () => archive.destroy(new Error('The time is over.')))
    return archive
  }
  const engine = { containers: { getArchive } } as unknown as Engine
  expect((await surveyTerminals(engine, 'any', 300)).map(({ record }) => record.title)).toEqual(['shell 1'])
})

test('a container without the folder has none', async () => {
  const engine = { containers: { getArchive: async () => undefined } } as unknown as Engine
  expect(await surveyTerminals(engine, 'any')).toEqual([])
})
