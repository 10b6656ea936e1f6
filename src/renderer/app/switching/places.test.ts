import { describe, expect, it } from 'vitest'
import { readPlaces, storePlaces, switchOrder, withPlace } from './places.ts'

const place = (worker: string, workspace = 'api') => ({ worker, path: `/w/${worker}/${workspace}/terminals` })
const PLACES = [place('atlas'), place('local'), place('gone')]

describe('places', () => {
  it('stand in the order in which workers were looked at', () => {
    expect(withPlace(PLACES, place('local', 'docs'), false)).toEqual([
      place('local', 'docs'),
      place('atlas'),
      place('gone'),
    ])
  })

  it('keep their order while somebody only passes', () => {
    expect(withPlace(PLACES, place('local', 'docs'), true)).toEqual([
      place('atlas'),
      place('local', 'docs'),
      place('gone'),
    ])
    expect(withPlace(PLACES, place('new'), true).at(-1)).toEqual(place('new'))
  })

  it('are found again, and only those that can be read', () => {
    const kept = new Map<string, string>()
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
    storePlaces(storage, PLACES)
    expect(readPlaces(storage)).toEqual(PLACES)
    expect(readPlaces({ getItem: () => '[{"worker":"atlas","path":"https://evil.example"}]' })).toEqual([])
    expect(readPlaces({ getItem: () => '{' })).toEqual([])
  })
})

describe('the order of switching', () => {
  it('goes from the current worker by when they were looked at, then through those never looked at', () => {
    expect(switchOrder(PLACES, ['local', 'studio', 'atlas'], 'studio')).toEqual(['studio', 'atlas', 'local'])
    expect(switchOrder(PLACES, ['local', 'studio', 'atlas'], 'atlas')).toEqual(['atlas', 'local', 'studio'])
    expect(switchOrder([], ['local'], 'local')).toEqual(['local'])
  })
})
