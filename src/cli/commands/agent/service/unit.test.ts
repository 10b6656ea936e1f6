import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Surroundings, unitFor } from './service-place.ts'
import { renderUnit, UNIT_MARK } from './unit.ts'

const line = (text: string, key: string) => text.split('\n').filter((one) => one.startsWith(`${key}=`))

describe('a unit', () => {
  it('has each word of the command as it is, whatever characters are in it', () => {
    const command = ['/opt/a $b/node', '/x y/100%/"q"\\n.js', '$HOME', '$HOME/x', ';', "'"] as const
    const text = renderUnit({ command, environment: { A: '%h $B "c"' } })
    expect(line(text, 'ExecStart')).toEqual([
      String.raw`ExecStart="/opt/a $b/node" "/x y/100%%/\"q\"\\n.js" "$$HOME" "$$HOME/x" ";" "'"`,
    ])
    expect(line(text, 'Environment')).toEqual([String.raw`Environment="A=%%h $B \"c\""`])
    expect(text.startsWith(`${UNIT_MARK}\n`)).toBe(true)
  })

  it('is not written where a word would be another line of it', () => {
    const command = ['/bin/node', 'x\nExecStartPre=/bin/evil'] as const
    expect(() => renderUnit({ command, environment: {} })).toThrow('control character')
    expect(() => renderUnit({ command: ['/bin/node'], environment: { A: 'b\nUser=root' } })).toThrow(
      'control character',
    )
  })

  const here: Surroundings = {
    ...{ platform: 'linux', home: '/home/me', userName: 'root', isRoot: true },
    ...{ environment: { SUDO_USER: 'me', WS_CONFIG_DIR: '/srv/berth', SECRET: 'planted' } },
    program: [process.execPath, import.meta.filename],
  }

  it('has the ways to the engine and to the world that this shell has, and no password of them', () => {
    const environment = {
      ...{ DOCKER_CONTEXT: 'rootless', DOCKER_CONFIG: '/srv/docker', https_proxy: 'http://proxy:3128' },
      ...{ HTTP_PROXY: 'http://me:planted@proxy:3128', NO_PROXY: 'localhost' },
    }
    expect(line(unitFor('user', { ...here, environment }, {}), 'Environment').join()).toBe(
      [
        ...[
          'DOCKER_CONFIG=/srv/docker',
          'DOCKER_CONTEXT=rootless',
          'https_proxy=http://proxy:3128',
          'NO_PROXY=localhost',
        ],
      ]
        .map((one) => `Environment="${one}"`)
        .join(),
    )
  })

  it('has the folder that is meant here, whatever folder a service begins in', () => {
    const environment = { WS_CONFIG_DIR: './berth', DOCKER_CONTEXT: './berth' }
    expect(line(unitFor('user', { ...here, environment }, {}), 'Environment').toSorted()).toEqual([
      'Environment="DOCKER_CONTEXT=./berth"',
      `Environment="WS_CONFIG_DIR=${path.resolve('berth')}"`,
    ])
  })

  it('of the system runs as who asked for it, and holds of the environment what it has to', () => {
    const text = unitFor('system', here, { port: 7000, host: '::1' })
    expect(line(text, 'User')).toEqual(['User=me'])
    expect(line(text, 'Environment')).toEqual(['Environment="WS_CONFIG_DIR=/srv/berth"'])
    expect(line(text, 'ExecStart')[0]).toMatch(/unit\.test\.ts" "--agent" "--port" "7000" "--host" "::1"$/)
    expect(line(unitFor('user', here, {}), 'User')).toEqual([])
    expect(() => unitFor('system', { ...here, isRoot: false }, {})).toThrow('needs root')
  })
})
