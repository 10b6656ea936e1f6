import { describe, expect, it } from 'vitest'
import type { EngineFacts } from '../engine/engine.ts'
import { dockerModeFor, refuseDockerWithoutRuntime } from './docker-inside.ts'

const PLAIN: EngineFacts = {
  version: '20.10.24',
  apiVersion: '1.41',
  cpus: 2,
  memoryBytes: 1,
  platform: 'linux-x64',
  isNative: true,
  isUserNamespaced: false,
  hasSysbox: false,
}
const SYSBOX = { ...PLAIN, hasSysbox: true }
const OWNER = { mayBecomeRoot: true }
const ROOTLESS = { ...PLAIN, isUserNamespaced: true }

describe('dockerModeFor', () => {
  it.each([
    [undefined, PLAIN, undefined],
    [false, SYSBOX, undefined],
    [true, PLAIN, 'privileged'],
    [true, SYSBOX, 'sysbox'],
    [true, { ...ROOTLESS, hasSysbox: true }, 'sysbox'],
    ['privileged', SYSBOX, 'privileged'],
    ['sysbox', SYSBOX, 'sysbox'],
  ] as const)('%s: takes Sysbox where there is one, and never what was not asked for', (asked, facts, mode) => {
    expect(dockerModeFor(asked, facts, OWNER)).toBe(mode)
  })

  it.each([
    [true, PLAIN],
    ['privileged', PLAIN],
    ['privileged', SYSBOX],
  ] as const)('%s: makes nobody root who may not become it', (asked, facts) => {
    expect(() => dockerModeFor(asked, facts, { mayBecomeRoot: false })).toThrow('can become root on the worker')
    expect(dockerModeFor(true, SYSBOX, { mayBecomeRoot: false })).toBe('sysbox')
  })

  it('refuses what cannot work, and says what would', () => {
    expect(() => dockerModeFor('sysbox', PLAIN, OWNER)).toThrow('has no Sysbox')
    expect(() => dockerModeFor(true, ROOTLESS, OWNER)).toThrow('rootless or in a user namespace')
    expect(() => dockerModeFor('privileged', ROOTLESS, OWNER)).toThrow('rootless or in a user namespace')
  })
})

describe('refuseDockerWithoutRuntime', () => {
  it('refuses an image that cannot run what keeps the engine running', () => {
    expect(() => refuseDockerWithoutRuntime('unsupported')).toThrow('this image cannot run')
    expect(() => refuseDockerWithoutRuntime('ready')).not.toThrow()
  })
})
