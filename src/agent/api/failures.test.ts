import { ORPCError } from '@orpc/server'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { FailureData } from '../../contract/errors.ts'
import { AgentError } from '../agent-error.ts'
import { toWire } from './failures.ts'

const lines: string[] = []
const log = pino({ base: null }, { write: (line) => void lines.push(line) })
const told = (error: unknown, declared: string[] = ['NOT_FOUND'], isAborted = false) =>
  toWire(error, { path: ['a', 'b'], isDeclared: (code) => declared.includes(code), isAborted, log }).toJSON()

describe('what a client is told', () => {
  it('is a failure that the procedure declares, with what to do', () => {
    expect(told(new AgentError('NOT_FOUND', 'Not here.', { hint: 'Look there.', data: { more: 1 } }))).toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
      message: 'Not here.',
      data: { hint: 'Look there.', more: 1 },
    })
  })

  it('is an id where the failure is not declared or not foreseen, and the log has the rest', () => {
    for (const error of [
      new AgentError('CONFLICT', 'planted'),
      new Error('planted'),
      new ORPCError('CONFLICT', { message: 'planted' }),
    ]) {
      lines.length = 0
      const { code, data, message } = told(error)
      expect(code).toBe('INTERNAL_SERVER_ERROR')
      expect(message).not.toContain('planted')
      expect(lines.join('')).toContain('planted')
      expect(data).toMatchObject({ incident: expect.any(String) })
      expect(lines.join('')).toContain(FailureData.parse(data).incident)
    }
  })

  it('is each issue of input that does not fit', () => {
    const issues = [{ message: 'Too short.', path: ['env', { key: 'A' }, 0] }, { message: 'Unknown key.' }]
    expect(told(new ORPCError('BAD_REQUEST', { data: { issues } }))).toMatchObject({
      code: 'BAD_REQUEST',
      message: 'env.A.0: Too short.',
      data: {
        issues: [
          { path: 'env.A.0', message: 'Too short.' },
          { path: '', message: 'Unknown key.' },
        ],
      },
    })
  })

  it('is nothing of a failure after the caller has gone, and the log stays quiet', () => {
    lines.length = 0
    expect(told(new Error('aborted'), [], true).code).toBe('CLIENT_CLOSED_REQUEST')
    expect(lines).toEqual([])
  })
})
