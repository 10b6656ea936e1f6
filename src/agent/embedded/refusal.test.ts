import { describe, expect, it } from 'vitest'
import { LinkError } from '../../client/link-error.ts'
import { AgentProcessMessage } from '../../contract/desktop/index.ts'
import { ConfigInvalid } from '../store/store-errors.ts'
import { refusalOf, VersionMismatch } from './refusal.ts'

describe('refusalOf', () => {
  it.each([
    [
      new ConfigInvalid('config.json is not JSON.', 'Mend it.'),
      'embedded_agent_config_invalid',
      'config.json is not JSON.',
    ],
    [new VersionMismatch(), 'embedded_agent_version_mismatch', undefined],
    [new LinkError('unreachable', 'The worker did not answer.'), 'embedded_agent_in_use', undefined],
    [new TypeError('x is not a function'), 'embedded_agent_failed', undefined],
  ])('says what a person can understand of %s', (error, code, message) => {
    const refusal = AgentProcessMessage.parse(refusalOf(error))
    expect(refusal).toMatchObject({ kind: 'failed', code, ...(message === undefined ? {} : { message }) })
  })

  it('keeps the words of a bug to the log', () => {
    expect(JSON.stringify(refusalOf(new Error('secret in here')))).not.toContain('secret in here')
  })
})
