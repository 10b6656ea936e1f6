import { describe, expect, it } from 'vitest'
import { diagnosticsOf, redact } from './diagnostics.ts'
import { workspaceNamed } from './workspace.fixture.ts'

describe('redact', () => {
  it.each([
    'GITHUB_TOKEN=ghp_abcdefghijklmnop1234',
    'using ghp_abcdefghijklmnop1234 now',
    'Authorization: Bearer abc.def-ghi_jkl',
    'https://someone:ghpabcd1234@git.example/acme/api',
    '"api_key": "abc 1234 def"',
    "password='ghpabcd1234'",
    'MY_SECRET: ghpabcd1234',
    `key ${'a1B2'.repeat(12)}`,
    '-----BEGIN OPENSSH PRIVATE KEY-----\nabcd1234\n-----END OPENSSH PRIVATE KEY-----',
  ])('hides the secret in %j', (text) => {
    const left = redact(text)
    expect(left).toContain('[hidden]')
    expect(left).not.toMatch(/abcd|abc\.|a1B2|1234/)
  })

  it('leaves what is no secret', () => {
    const text = 'Step 4 of 9: RUN apt-get install git\nimage berth.invalid/base:1.2, 42 MB, https://docs.example/x?y=1'
    expect(redact(text)).toBe(text)
  })
})

it('tells states, steps and codes, and neither names nor paths nor secrets', () => {
  const text = diagnosticsOf({
    info: undefined,
    connection: 'live',
    workspace: workspaceNamed('customer-project', {
      status: 'error',
      steps: [{ name: 'image', state: 'failed', durationMs: 12 }],
      failure: {
        step: 'image',
        code: 'ENGINE_ERROR',
        message: 'no space in /home/someone/work, C:\\Users\\someone\\x',
      },
    }),
    failure: { code: 'CONFLICT', message: 'NPM_TOKEN=npm_abcdefghij was refused', hint: 'Noted as 1234.', issues: [] },
    now: new Date(0),
  })
  expect(text).toContain('Step image: failed 12')
  expect(text).toContain('Failure at image: ENGINE_ERROR no space in …')
  expect(text).toContain('Failure: CONFLICT')
  expect(text).toContain('Noted as 1234.')
  expect(text).not.toMatch(/customer-project|someone|npm_abcdefghij/)
})
