import { describe, expect, it } from 'vitest'
import { ConfigProblem, editConfigText, parseConfigText } from './config-text.ts'

function problemOf(text: string): [line: number, words: string] | undefined {
  try {
    parseConfigText(text)
    return undefined
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error
    return [error.line, error.message]
  }
}

describe('a configuration that is broken', () => {
  it.each([
    ['', 1, 'a value is expected'],
    ['{\n "port": 1,\n}', 3, 'the name of a key is expected'],
    ['{\n "port": 1\n "x": 2\n}', 3, 'a comma is expected'],
    ['{\n"credentials": {\n"env": {\n"KEY": "sk-secret\n}}}', 4, 'a text has no end'],
    ['// mine\n{}', 1, 'no comments'],
    ['[]', 1, 'the whole file'],
    ['{\n"ports": {\n"ssh": [9, 1]\n}}', 3, 'ports.ssh: The first port is above the last.'],
    ['{\n"credentials": {\n"env": {\n"KEY": 4\n}}}', 4, 'credentials.env.KEY'],
    [
      '{\n"access": {"tailnet": {"users": {\n"me@example.com": "admin"\n}}}}',
      3,
      'access.tailnet.users.me@example.com: A user of the tailnet may have "read" or "operate"; "admin" needs a token',
    ],
    ['{\n"credentials": {\n"files": {\n"~/../x": "~/x"\n}}}', 4, 'credentials.files'],
  ])('%j is refused with its line and the reason', (text, line, words) => {
    const problem = problemOf(text)
    expect(problem?.[0]).toBe(line)
    expect(problem?.[1]).toContain(words)
  })

  it('is not quoted: what stands there may be a secret', () => {
    for (const text of [
      '{"credentials": {"env": {"sk-secret": "NAME"}}}',
      '{"credentials": {"env": {"K": sk-secret}}}',
    ])
      expect(problemOf(text)?.[1]).not.toContain('sk-secret')
  })
})

describe('an edit', () => {
  const text = '{\n  "mine": [1,   2],\n  "credentials": {\n    "env": { "A": "1" },\n    "notes": "x"\n  }\n}\n'

  it('changes one value and leaves everything else as it is written', () => {
    expect(editConfigText(text, [{ path: ['credentials', 'env', 'A'], value: '2' }])).toBe(text.replace('"1"', '"2"'))
  })

  it('makes what is missing, and removes what has no value', () => {
    const edited = editConfigText(text, [
      { path: ['credentials', 'files', '~/.ssh/id'], value: '~/id' },
      { path: ['credentials', 'env', 'A'], value: undefined },
      { path: ['scripts', 'post_start'], value: undefined },
    ])
    expect(JSON.parse(edited)).toEqual({
      mine: [1, 2],
      credentials: { env: {}, notes: 'x', files: { '~/.ssh/id': '~/id' } },
    })
    expect(edited).toContain('"mine": [1,   2]')
  })
})
