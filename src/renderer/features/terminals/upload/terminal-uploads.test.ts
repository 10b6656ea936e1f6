import { describe, expect, it, vi } from 'vitest'
import { UploadError } from '../../../../client/uploads/upload-error.ts'
import type { UploadFile } from '../../../../client/worker-client.ts'
import { TerminalUploads } from './terminal-uploads.ts'

function uploadsOf() {
  const asked: { file: UploadFile; done: (path: string) => void; fail: (error: unknown) => void }[] = []
  const typed: string[] = []
  const uploads = new TerminalUploads({
    workspace: 'w',
    terminal: 't',
    insert: (text) => typed.push(text),
    files: {
      upload: (file) =>
        new Promise((resolve, reject) => {
          file.signal?.addEventListener('abort', () => reject(new Error('aborted')))
          asked.push({ file, done: (path) => resolve({ path }), fail: reject })
        }),
    },
  })
  const add = (...names: string[]): void =>
    uploads.add({ files: names.map((name) => new File(['12345678'], name)), folders: [] })
  return { uploads, asked, typed, add }
}

describe('TerminalUploads', () => {
  it('types the paths in the order the files were dropped, whichever is there first', async () => {
    const { uploads, asked, typed, add } = uploadsOf()
    add('a b', 'c', 'd')
    add('e')
    expect(asked.map(({ file }) => [file.workspace, file.terminal])).toEqual(Array(4).fill(['w', 't']))
    asked[3]?.done('/e')
    asked[2]?.done('/d')
    asked[1]?.fail(new Error('no'))
    await vi.waitFor(() => expect(uploads.read().map(({ name }) => name)).toEqual(['a b', 'c']))
    expect(typed).toEqual([])
    asked[0]?.done('/a b')
    await vi.waitFor(() => expect(typed).toEqual(["'/a b' ", '/d ', '/e ']))
    expect(uploads.isBusy).toBe(false)
  })

  it('tells how far each is, and why one failed until that is dismissed', async () => {
    const { uploads, asked, add } = uploadsOf()
    add('a')
    asked[0]?.file.onProgress?.(3)
    expect(uploads.read()).toEqual([{ id: 1, name: 'a', sentBytes: 3, totalBytes: 8, problem: undefined }])
    asked[0]?.fail(new UploadError('PRECONDITION_FAILED', 'The disk is full.', { hint: 'Make room.' }))
    const problem = { message: 'The disk is full.', hint: 'Make room.' }
    await vi.waitFor(() => expect(uploads.read()[0]?.problem).toEqual(problem))
    uploads.dismiss(1)
    expect(uploads.read()).toEqual([])
  })

  it('cancels one, and lets the others go on', async () => {
    const { uploads, asked, typed, add } = uploadsOf()
    add('a', 'b')
    uploads.cancel(1)
    expect(asked.map(({ file }) => file.signal?.aborted)).toEqual([true, false])
    asked[1]?.done('/b')
    await vi.waitFor(() => expect(typed).toEqual(['/b ']))
    expect(uploads.read()).toEqual([])
  })

  it('refuses folders', () => {
    const { uploads, asked } = uploadsOf()
    uploads.add({ files: [], folders: ['src'] })
    expect(asked).toEqual([])
    expect(uploads.read()[0]?.problem?.hint).toContain('rsync')
  })

  it('ends with its terminal, and types nothing any more', async () => {
    const { uploads, asked, typed, add } = uploadsOf()
    add('a', 'b')
    asked[0]?.done('/a')
    uploads.dispose()
    expect(asked[1]?.file.signal?.aborted).toBe(true)
    await vi.waitFor(() => expect(uploads.isBusy).toBe(false))
    expect([typed, uploads.read()]).toEqual([[], []])
  })
})
