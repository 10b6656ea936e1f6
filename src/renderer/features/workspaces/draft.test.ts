import { describe, expect, it } from 'vitest'
import { type Draft, EMPTY_DRAFT, errorsOf, toInput } from './draft.ts'
import { parsePorts, parseVariables } from './draft-lines.ts'
import { suggestName } from './name-suggestion.ts'
import { rememberedRepositories, rememberRepository } from './remembered.ts'

const draft = (change: Partial<Draft> = {}): Draft => ({ ...EMPTY_DRAFT, name: 'api', template: 'base', ...change })
const around = { taken: new Set(['web']), worker: 'atlas' }

describe('errors', () => {
  it('finds none in a name alone', () => {
    expect(errorsOf(draft(), around)).toEqual({})
  })

  it.each(['', 'Api', '-api', 'a b', 'ws-api', 'x'.repeat(64), 'web', 'päckchen'])('refuses the name %j', (name) => {
    expect(errorsOf(draft({ name }), around).name).toBeTypeOf('string')
  })

  it.each(['0', '-1', 'two', '1e9', '1 2'])('refuses %j as CPUs and as memory', (text) => {
    expect(Object.keys(errorsOf(draft({ cpus: text, memoryGb: text }), around))).toEqual(['cpus', 'memoryGb'])
  })
})

describe('variables', () => {
  it('takes values as they stand, with their spaces and equals signs', () => {
    expect(parseVariables('A=1\n# a note\n\nB= x=y \r\nC=')).toEqual({ env: { A: '1', B: ' x=y ', C: '' } })
  })

  it.each(['A', '=x', '1A=x', 'A B=x', 'A=1\nA=2'])('names the line that is wrong: %j', (text) => {
    expect(parseVariables(text)).toHaveProperty('error', expect.stringMatching(/^Line \d/))
  })
})

describe('input', () => {
  it('holds only what was typed', () => {
    expect(toInput(draft({ template: '' }))).toEqual({ name: 'api' })
  })

  it('turns gigabytes into bytes and takes a decimal comma', () => {
    expect(toInput(draft({ cpus: '0,5', memoryGb: '2', variables: 'A=1' }))).toEqual({
      name: 'api',
      template: 'base',
      env: { A: '1' },
      resources: { cpus: 0.5, memoryBytes: 2_147_483_648 },
    })
  })
})

describe('suggested names', () => {
  it('are free and well formed', () => {
    const taken = new Set<string>()
    for (let count = 0; count < 300; count += 1) {
      const name = suggestName(taken, () => (count * 0.618) % 1)
      expect(errorsOf(draft({ name }), { taken, worker: 'atlas' })).toEqual({})
      taken.add(name)
    }
  })
})

describe('a repository', () => {
  it('is made whole, and goes with its branches', () => {
    const typed = draft({ repository: ' github.com/acme/api ', branch: 'main', newBranch: 'fix' })
    expect(errorsOf(typed, around)).toEqual({})
    expect(toInput(typed)).toMatchObject({ clone: 'https://github.com/acme/api', branch: 'main', newBranch: 'fix' })
  })

  it('takes its branches along when it is left out', () => {
    expect(toInput(draft({ branch: 'main' }))).toEqual({ name: 'api', template: 'base' })
  })

  it.each(['not an address', 'http://github.com/acme/api', 'ext::id', 'https://me:pass@github.com/acme/api'])(
    'is refused: %s',
    (repository) => {
      expect(errorsOf(draft({ repository }), around).repository).toBeTypeOf('string')
    },
  )

  it('is refused with branches that git takes for options', () => {
    expect(Object.keys(errorsOf(draft({ branch: '-b', newBranch: 'a..b' }), around))).toEqual(['branch', 'newBranch'])
  })
})

describe('what few need', () => {
  it('goes into the call as it is meant', () => {
    const typed = draft({ image: 'node:24', ports: 'web = 3000\n', startScript: 'npm ci', type: 'temporary' })
    expect(errorsOf(typed, around)).toEqual({})
    expect(toInput(typed)).toEqual({
      name: 'api',
      image: 'node:24',
      ports: { web: 3000 },
      startScript: 'npm ci',
      type: 'temporary',
    })
  })

  it('has Docker inside only where it is asked for', () => {
    expect(toInput(draft())).not.toHaveProperty('docker')
    expect(toInput(draft({ docker: 'auto' }))).toMatchObject({ docker: true })
    expect(toInput(draft({ docker: 'sysbox' }))).toMatchObject({ docker: 'sysbox' })
  })

  it.each(['web', 'web=x', 'Web=1', 'ssh=22', 'a=1\na=2', 'a=99999'])('refuses the ports %j', (text) => {
    expect(parsePorts(text)).toHaveProperty('error')
  })
})

describe('remembered repositories', () => {
  it('come back latest first, each once, without what may be secret', () => {
    const kept = new Map<string, string>()
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
    rememberRepository(storage, draft({ repository: 'github.com/acme/api', branch: 'a', variables: 'A=secret' }))
    rememberRepository(storage, draft({ repository: 'github.com/acme/web' }))
    rememberRepository(storage, draft({ repository: 'https://github.com/acme/api', branch: 'b' }))
    expect(rememberedRepositories(storage).map(({ repository, branch }) => [repository, branch])).toEqual([
      ['https://github.com/acme/api', 'b'],
      ['https://github.com/acme/web', ''],
    ])
    expect(JSON.stringify([...kept.values()])).not.toContain('secret')
  })

  it('are none where the storage is blocked or damaged', () => {
    expect(rememberedRepositories({ getItem: () => '{' })).toEqual([])
  })
})
