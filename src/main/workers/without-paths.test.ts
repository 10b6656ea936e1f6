import { describe, expect, it } from 'vitest'
import { withoutPaths } from './without-paths.ts'

describe('withoutPaths', () => {
  it.each([
    ["ENOENT: no such file, open '/home/mia/.config/workspace/state.json'", "ENOENT: no such file, open '…'"],
    ['The folder ~/.config/workspace is open to others.', 'The folder … is open to others.'],
    ['Cannot read C:\\Users\\Mia\\AppData\\state.json: denied', 'Cannot read …: denied'],
    ['unix:///var/run/docker.sock and (/run/x.sock)', 'unix:///var/run/docker.sock and (…)'],
    ['No path: 3/4 done, see https://docs.docker.com/engine and/or ask.', undefined],
  ])('%s', (text, expected) => {
    expect(withoutPaths(text)).toBe(expected ?? text)
  })
})
