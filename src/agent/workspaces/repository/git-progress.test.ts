import { describe, expect, it } from 'vitest'
import { LineSplitter, parseGitProgress } from './git-progress.ts'

describe('the progress of a clone', () => {
  it('is a share of the whole, phase by phase', () => {
    const lines = [
      'remote: Counting objects: 100% (12/12), done.',
      'remote: Compressing objects:  50% (5/10)',
      'Receiving objects:  40% (400/1000), 12.50 MiB | 3.10 MiB/s',
      'Resolving deltas: 100% (300/300), done.',
      'Updating files:  20% (20/100)',
    ]
    const percents = lines.map((line) => parseGitProgress(line)?.percent)
    expect(percents).toEqual([2, 4, 35, 95, 96])
  })

  it('says what is being done and how fast', () => {
    const line = 'Receiving objects:  40% (400/1000), 12.50 MiB | 3.10 MiB/s'
    expect(parseGitProgress(line)?.detail).toBe('Receiving objects 400 of 1000, 12.50 MiB at 3.10 MiB/s')
  })

  it('is not told by other lines', () => {
    expect(parseGitProgress("Cloning into '/workspace/api'...")).toBeUndefined()
    expect(parseGitProgress('remote: Enumerating objects: 12, done.')).toBeUndefined()
    expect(parseGitProgress('fatal: Something: 50% (1/2)')).toBeUndefined()
  })

  it('is read from pieces of any size', () => {
    const lines = new LineSplitter()
    expect(lines.push('a\rb')).toEqual(['a'])
    expect(lines.push('c\n\nd\r\n')).toEqual(['bc', '', 'd'])
    expect(lines.push('e')).toEqual([])
    expect(lines.end()).toEqual(['e'])
    expect(lines.end()).toEqual([])
  })
})
