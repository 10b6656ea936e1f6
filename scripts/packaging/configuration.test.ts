import { existsSync } from 'node:fs'
import path from 'node:path'
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js'
import { DebugLogger } from 'builder-util'
import { expect, test } from 'vitest'
import { PROJECT_FOLDER } from '../setup/project.mjs'
import { readConfiguration, targetsFor } from './configuration.ts'

const configuration = await readConfiguration()
const validate = (changed: object): Promise<void> =>
  validateConfiguration({ ...configuration, ...changed }, new DebugLogger(false))

// To compile electron-builder's schema takes seconds on a busy machine.
test('electron-builder accepts the configuration as it is, and would not accept any', { timeout: 60_000 }, async () => {
  await expect(validate({})).resolves.toBeUndefined()
  await expect(validate({ appID: 'dev.berth.other' })).rejects.toThrow(/unknown property 'appID'/)
})

test('every system gets what its people expect', () => {
  expect(targetsFor(configuration, 'darwin')).toEqual(['dmg', 'zip'])
  expect(targetsFor(configuration, 'win32')).toEqual(['nsis'])
  expect(targetsFor(configuration, 'linux')).toEqual(['AppImage', 'deb', 'tar.gz'])
  expect(targetsFor(configuration, 'freebsd')).toEqual([])
})

test('a release can neither be run as Node nor be inspected, and loads nothing but its own checked archive', () => {
  expect(configuration.electronFuses).toEqual({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    enableCookieEncryption: false,
  })
  expect(configuration.asar).toBe(true)
})

test('links that begin with berth: are the app’s', () => {
  expect(configuration.protocols).toMatchObject([{ schemes: ['berth'] }])
})

test('what the configuration names in the clone is there', () => {
  const { mac, win, linux } = configuration
  const named = [mac?.icon, win?.icon, linux?.icon].map(String)
  expect(named.filter((file) => !existsSync(path.join(PROJECT_FOLDER, file)))).toEqual([])
})
