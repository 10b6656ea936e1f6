import { Buffer } from 'node:buffer'
import { expect, it } from 'vitest'
import { MAX_CLIPBOARD_BYTES, parseClipboardRequest } from './clipboard-request.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

it('takes text in UTF-8, for whichever selection', () => {
  expect(parseClipboardRequest(`c;${base64('naïve 漢字')}`)).toEqual({ kind: 'write', text: 'naïve 漢字' })
  expect(parseClipboardRequest(`;${base64('x')}`)).toEqual({ kind: 'write', text: 'x' })
})

it('knows a wish to read', () => {
  expect(parseClipboardRequest('c;?')).toEqual({ kind: 'read' })
})

it('refuses what is no text, and what is too long', () => {
  expect(parseClipboardRequest('c;%%%')).toEqual({ kind: 'refused', reason: 'encoding' })
  expect(parseClipboardRequest(`c;${Buffer.from([0xff, 0xfe]).toString('base64')}`)).toMatchObject({ kind: 'refused' })
  expect(parseClipboardRequest(`c;${base64('x'.repeat(MAX_CLIPBOARD_BYTES))}`)).toMatchObject({ kind: 'write' })
  expect(parseClipboardRequest(`c;${base64('x'.repeat(MAX_CLIPBOARD_BYTES + 10))}`)).toEqual({
    kind: 'refused',
    reason: 'size',
  })
})
