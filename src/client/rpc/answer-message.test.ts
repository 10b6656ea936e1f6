import { expect, it } from 'vitest'
import { isAnswerMessage } from './answer-message.ts'

it.each([
  '{"i":"0","p":{"b":{"json":{"a":1}}}}',
  '{"i":"0","p":{"s":404,"h":{},"b":{"json":{"code":"NOT_FOUND"}}}}',
  '{"i":"1","p":{"h":{"content-type":"text/event-stream"}}}',
  '{"i":"1","t":3,"p":{"e":"message","d":{"json":1},"m":{"id":"x-1"}}}',
  '{"i":"1","t":4}',
])('reads %s', (text) => {
  expect(isAnswerMessage(text)).toBe(true)
})

it.each([
  '',
  ' ',
  'null',
  '[]',
  '5',
  '{"i":"0"}',
  '{"i":"0","p":null}',
  '{"i":{},"p":{}}',
  '{"i":"0","p":{"s":"200"}}',
  '{"i":"0","p":{"h":{"content-type":5}}}',
  '{"i":"0","p":{"h":{"content-type":"multipart/form-data; boundary=x"}}}',
  '{"i":"0","p":{"h":{"content-disposition":"attachment"}}}',
  '{"i":"0","t":3}',
  '{"i":"0","t":3,"p":{"e":"other"}}',
])('does not read %j', (text) => {
  expect(isAnswerMessage(text)).toBe(false)
})

it('does not read bytes', () => {
  expect(isAnswerMessage(Buffer.from('{"i":"0","p":{}}'))).toBe(false)
})
