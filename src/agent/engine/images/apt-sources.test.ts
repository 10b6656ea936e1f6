import { describe, expect, it } from 'vitest'
import { debianMirrors } from './apt-sources.ts'

describe('debianMirrors', () => {
  it('finds the mirror of the suite itself in both formats', () => {
    const deb822 =
      'Types: deb\n# why\nURIs: http://mirror/debian\nSuites: bookworm bookworm-updates\nComponents: main\n\nTypes: deb\nURIs: http://mirror/security\nSuites: bookworm-security\n'
    expect(debianMirrors(deb822, 'bookworm')).toEqual(['http://mirror/debian'])
    const oneLine =
      '# deb http://no/debian bookworm main\ndeb [arch=amd64] http://mirror/debian bookworm main\ndeb http://mirror/s bookworm-security main\n'
    expect(debianMirrors(oneLine, 'bookworm')).toEqual(['http://mirror/debian'])
  })

  it('finds none where there is none', () => {
    expect(debianMirrors('deb cdrom:[x]/ bookworm main\n', 'bookworm')).toEqual([])
    expect(debianMirrors('deb http://ubuntu noble main\n', 'bookworm')).toEqual([])
  })
})
