import { expect, test } from 'vitest'
import { countStatus, parseBranches } from './repository-report.ts'

test('renames are one change, and a file named like a status is a file', () => {
  expect(countStatus('')).toEqual({ uncommitted: 0, untracked: 0 })
  expect(countStatus('R  new\0?? old\0 M a\0?? b\0')).toEqual({ uncommitted: 2, untracked: 1 })
})

test('branches have slashes in their names, and an upstream or none', () => {
  expect(parseBranches('refs/heads/main\0refs/remotes/origin/main\nrefs/heads/a/b\0\n')).toEqual([
    { name: 'main', hasUpstream: true },
    { name: 'a/b', hasUpstream: false },
  ])
})
