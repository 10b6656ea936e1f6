import { describe, expect, it } from 'vitest'
import { PairRequest } from './agent/clients.ts'
import { CreateTerminal } from './terminal/messages.ts'

describe('names and titles that are shown', () => {
  it.each(['laptop', 'Zoë’s 💻', 'a b'])('may be %j', (text) => {
    expect(PairRequest.safeParse({ code: 'x', name: text }).success).toBe(true)
    expect(CreateTerminal.safeParse({ title: text }).success).toBe(true)
  })

  it.each(['\u001b]0;x\u0007', 'a\nb', 'a\0', '\u009b31m', '\u007f', 'a\n'])('may not be %j', (text) => {
    expect(PairRequest.safeParse({ code: 'x', name: text }).success).toBe(false)
    expect(CreateTerminal.safeParse({ title: text }).success).toBe(false)
  })
})
