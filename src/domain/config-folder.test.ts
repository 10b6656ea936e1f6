import { describe, expect, it } from 'vitest'
import { configFolder } from './config-folder.ts'

const linux = { platform: 'linux', home: '/home/mia' }

describe('configFolder', () => {
  it('is the one that is named', () => {
    expect(configFolder({ ...linux, environment: { WS_CONFIG_DIR: '/srv/berth' } })).toBe('/srv/berth')
    expect(configFolder({ ...linux, environment: { WS_CONFIG_DIR: '' } })).toBe('/home/mia/.config/workspace')
  })

  it('follows XDG_CONFIG_HOME, unless that is relative', () => {
    expect(configFolder({ ...linux, environment: { XDG_CONFIG_HOME: '/cfg' } })).toBe('/cfg/workspace')
    expect(configFolder({ ...linux, environment: { XDG_CONFIG_HOME: 'cfg' } })).toBe('/home/mia/.config/workspace')
  })

  it('is below APPDATA on Windows', () => {
    const windows = { platform: 'win32', home: 'C:\\Users\\Mia' }
    const environment = { APPDATA: 'D:\\Roaming' }
    expect(configFolder({ ...windows, environment })).toBe('D:\\Roaming\\workspace')
    expect(configFolder({ ...windows, environment: {} })).toBe('C:\\Users\\Mia\\AppData\\Roaming\\workspace')
  })
})
