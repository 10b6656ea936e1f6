import { describe, expect, it } from 'vitest'
import { limitsProblem, withDefaultLimits } from './resources.ts'

const GIB = 1_073_741_824

describe('withDefaultLimits', () => {
  it('gives up to 4 CPUs and 8 GiB, and half of a small engine', () => {
    const large = withDefaultLimits({}, { cpus: 16, memoryBytes: 64 * GIB })
    expect(large).toEqual({ cpus: 4, memoryBytes: 8 * GIB, pids: 4096 })
    expect(withDefaultLimits({}, { cpus: 2, memoryBytes: 4 * GIB })).toEqual({
      cpus: 2,
      memoryBytes: 2 * GIB,
      pids: 4096,
    })
  })

  it('keeps what was asked for', () => {
    expect(withDefaultLimits({ cpus: 0.5, pids: 100 }, { cpus: 2, memoryBytes: 4 * GIB })).toMatchObject({
      cpus: 0.5,
      pids: 100,
    })
  })
})

describe('limitsProblem', () => {
  it('says what the worker cannot give', () => {
    const capacity = { cpus: 2, memoryBytes: 4 * GIB }
    expect(limitsProblem({ cpus: 3, memoryBytes: GIB, pids: 64 }, capacity)).toContain('3 CPUs')
    expect(limitsProblem({ cpus: 2, memoryBytes: 5 * GIB, pids: 64 }, capacity)).toContain('5.0 GiB')
    expect(limitsProblem({ cpus: 2, memoryBytes: 4 * GIB, pids: 64 }, capacity)).toBeUndefined()
  })
})
