import { expect, test } from 'vitest'
import { framePair } from './frame-pair.ts'

function listening(socket: ReturnType<typeof framePair>[0]): (string | Uint8Array)[] {
  const heard: (string | Uint8Array)[] = []
  socket.listen({
    message: (message) => heard.push(message),
    closed: (code, reason) => heard.push(`closed ${code} ${reason}`),
  })
  return heard
}

test('what one end sends the other hears in its order, from before it listened too', () => {
  const [left, right] = framePair()
  left.send('early')
  const heard = listening(right)
  left.send('text')
  left.send(new Uint8Array([1]))
  left.close(1000, 'done')
  left.send('too late')
  expect(heard).toEqual(['early', 'text', new Uint8Array([1]), 'closed 1000 done'])
})

test('a paused end hears nothing until it goes on, and then all, the end last', () => {
  const [left, right] = framePair()
  const heard = listening(right)
  right.pause()
  left.send('one')
  left.send('two')
  left.close(4008)
  expect(heard).toEqual([])
  right.resume()
  expect(heard).toEqual(['one', 'two', 'closed 4008 '])
})
