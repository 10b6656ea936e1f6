import { describe, expect, it } from 'vitest'
import { appPaths } from './app-paths.ts'

describe('appPaths', () => {
  it('finds everything in a clone', () => {
    expect(appPaths({ mainDir: '/clone/out/main', isPackaged: false, resourcesPath: '/electron/resources' })).toEqual({
      renderer: '/clone/out/renderer',
      preload: '/clone/out/preload/preload.cjs',
      agentEntry: '/clone/out/main/agent-process.js',
      keychainThread: '/clone/out/main/keychain-thread.js',
      resources: '/clone/resources',
      runtime: '/clone/out/runtime',
    })
  })

  it('finds what workspaces receive beside the archive of a package', () => {
    const mainDir = '/opt/Berth/resources/app.asar/out/main'
    expect(appPaths({ mainDir, isPackaged: true, resourcesPath: '/opt/Berth/resources' })).toEqual({
      renderer: '/opt/Berth/resources/app.asar/out/renderer',
      preload: '/opt/Berth/resources/app.asar/out/preload/preload.cjs',
      agentEntry: '/opt/Berth/resources/app.asar/out/main/agent-process.js',
      keychainThread: '/opt/Berth/resources/app.asar/out/main/keychain-thread.js',
      resources: '/opt/Berth/resources',
      runtime: '/opt/Berth/resources/runtime',
    })
  })
})
