import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TemplateCatalog } from './catalog.ts'
import { OwnTemplates } from './own-templates.ts'
import type { Template } from './template.ts'

const BASE: Template = {
  name: 'base',
  description: 'Debian',
  source: { kind: 'built-in', folder: '/x' },
  user: 'w',
  home: '/w',
}

describe('the templates of a worker', () => {
  let configDir = ''
  beforeAll(() => {
    configDir = mkdtempSync(path.join(os.tmpdir(), 'berth-templates-'))
    mkdirSync(path.join(configDir, 'mine'))
    writeFileSync(path.join(configDir, 'mine/Dockerfile'), 'FROM scratch\n')
  })
  afterAll(() => rmSync(configDir, { recursive: true }))

  function catalog(own: unknown): TemplateCatalog {
    const parsed = OwnTemplates.parse(own)
    return new TemplateCatalog({
      builtIn: [BASE],
      dockerFolder: '/docker',
      own: () => parsed,
      configDir,
      homeDir: '/home/someone',
    })
  }

  it('are Berth’s own, then the user’s', () => {
    const found = catalog({ mine: { folder: 'mine', description: 'Mine' }, node: { image: 'node:24' } })
    expect(found.list()).toEqual([
      { name: 'base', description: 'Debian', origin: 'berth', kind: 'dockerfile' },
      { name: 'mine', description: 'Mine', origin: 'config', kind: 'dockerfile' },
      { name: 'node', description: '', origin: 'config', kind: 'image', image: 'node:24' },
    ])
    expect(found.get('mine').source).toEqual({ kind: 'folder', folder: path.join(configDir, 'mine') })
    expect(() => found.get('nope')).toThrow('There is no template nope.')
  })

  it('never take the place of one of Berth’s, and say so', () => {
    const found = catalog({ base: { image: 'node:24' }, image: { image: 'node:24' } })
    expect(found.get('base')).toBe(BASE)
    expect(found.find('image')).toBeUndefined()
    expect(found.list().map(({ problem }) => problem)).toEqual([
      undefined,
      expect.stringContaining('another name'),
      expect.stringContaining('another name'),
    ])
  })

  it('say what is the matter with a folder', () => {
    const [, missing] = catalog({ missing: { folder: '~/nowhere' } }).list()
    expect(missing?.problem).toBe('Its folder has no Dockerfile.')
  })

  it('are found for a record: its template, or the image that it names', () => {
    expect(catalog({}).of({ template: 'base', image: 'berth.invalid/base:0' })).toBe(BASE)
    expect(catalog({}).of({ template: 'image', image: 'node:24' }).source).toEqual({
      kind: 'image',
      reference: 'node:24',
    })
    expect(catalog({}).findOf({ template: 'gone' })).toBeUndefined()
  })
})

describe('a template in config.json', () => {
  it.each([
    ['neither image nor folder', { x: {} }],
    ['both', { x: { image: 'node', folder: 'x' } }],
    ['a name that is none', { 'X y': { image: 'node' } }],
    ['an image that is none', { x: { image: '-rm' } }],
    ['a key that is not known', { x: { image: 'node', privileged: true } }],
    ['limits that nobody can have', { x: { image: 'node', resources: { cpus: 0 } } }],
  ])('is refused with %s', (_, own) => {
    expect(OwnTemplates.safeParse(own).success).toBe(false)
  })
})
