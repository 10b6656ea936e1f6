import { expect, it } from 'vitest'
import { createAgentLog } from './log.ts'

it('writes neither the values of secret keys nor secrets that it knows', () => {
  const lines: string[] = []
  const { log, conceal } = createAgentLog({ destination: { write: (line) => void lines.push(line) }, level: 'info' })
  conceal(['planted-one', 'with "quotes" and\nlines', 'short'])
  log.info(
    { token: 'planted-two', call: { env: { A: 'planted-three' }, headers: { authorization: 'planted-four' } } },
    'a',
  )
  log.error({ err: new Error('planted-one in an error'), text: 'with "quotes" and\nlines' }, 'it said planted-one')
  expect(lines.join('')).not.toMatch(/planted|quotes/)
  expect(lines).toHaveLength(2)
})

it('goes on concealing however many values it was told of', () => {
  const lines: string[] = []
  const { log, conceal } = createAgentLog({ destination: { write: (line) => void lines.push(line) }, level: 'info' })
  conceal(['stored-before'])
  for (let value = 0; value < 20_001; value += 1) conceal([`planted-${value}`], 'passing')
  const call = Array.from({ length: 12_000 }, (_, value) => `brought-${value}`)
  conceal(call, 'passing')
  log.info('stored-before, brought-11999, planted-0')
  expect(lines.join('')).toContain('[concealed], [concealed], planted-0')
})

it('conceals what a call brought for as long as anyone holds it', () => {
  const lines: string[] = []
  const { log, conceal } = createAgentLog({ destination: { write: (line) => void lines.push(line) }, level: 'info' })
  const release = conceal(['planted-one', 'planted-two'])
  conceal(['planted-two'])
  release()
  release()
  log.info('planted-one planted-two')
  expect(lines.join('')).toContain('planted-one [concealed]')
})
