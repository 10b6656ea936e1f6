import { expect, it } from 'vitest'
import { CliFailure } from './cli-failure.ts'
import {
  collectPorts,
  parseCpus,
  parseDocker,
  parseIdleStop,
  parseImage,
  parseMemory,
  parseName,
  parsePort,
  parseTail,
  parseTtl,
  parseType,
} from './option-values.ts'

it.each<[(text: string) => unknown, string, unknown]>([
  [parseName, 'a-1', 'a-1'],
  [parsePort, '0', 0],
  [parsePort, '65535', 65_535],
  [parseCpus, '0.5', 0.5],
  [parseMemory, '64m', 67_108_864],
  [parseMemory, '1.5G', 1_610_612_736],
  [parseTail, '10000', 10_000],
  [parseType, 'temporary', 'temporary'],
  [parseTtl, '90m', 5400],
  [parseTtl, '2d', 172_800],
  [parseIdleStop, 'never', 0],
  [parseIdleStop, '60s', 60],
])('%o takes %j', (parse, text, value) => {
  expect(parse(text)).toBe(value)
})

it.each<[(text: string) => unknown, string]>([
  [parseName, 'ws-a'],
  [parseName, ''],
  [parsePort, '65536'],
  [parsePort, '-1'],
  [parsePort, '80x'],
  [parseCpus, '0'],
  [parseCpus, '1e3'],
  [parseCpus, 'two'],
  [parseMemory, '63m'],
  [parseMemory, '4'],
  [parseMemory, '4t'],
  [parseMemory, '99999999g'],
  [parseTail, '0'],
  [parseType, 'lasting'],
  [parseTtl, '59s'],
  [parseTtl, '0'],
  [parseTtl, '2w'],
  [parseIdleStop, '0'],
  [parseTail, '10001'],
])('%o refuses %j as wrong usage', (parse, text) => {
  expect(() => parse(text)).toThrow(CliFailure)
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'USAGE', exitCode: 2 }))
})

it('takes ports to publish by their names', () => {
  expect(collectPorts('db=5432', collectPorts('api=3000', {}))).toEqual({ api: 3000, db: 5432 })
  for (const text of ['api', 'api=', '=80', 'api=0', 'api=99999', 'ssh=2222', 'API=1', 'x=22', 'db=3000']) {
    expect(() => collectPorts(text, { api: 3000 }), text).toThrow(CliFailure)
  }
})

it('takes an image and a way to have Docker inside', () => {
  expect(parseImage('ghcr.io/owner/name:1')).toBe('ghcr.io/owner/name:1')
  expect(() => parseImage('--privileged')).toThrow(CliFailure)
  expect(parseDocker('sysbox')).toBe('sysbox')
  expect(() => parseDocker('yes')).toThrow(CliFailure)
})
