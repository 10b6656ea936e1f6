import { expect, it } from 'vitest'
import { formatPortTargets, parsePortTargets, portsOf, publishedPorts } from './port-targets.ts'

it('ports are published by their names and found again by them', () => {
  const record = { ports: { ssh: 2223, http: 22_080, api: 22_200 }, portTargets: { api: 3000 } }
  const published = publishedPorts(record)
  expect(published).toEqual({ 22: 2223, 8080: 22_080, 3000: 22_200 })
  expect(portsOf({ ...published, 3002: 0, 5432: 1 }, record.portTargets)).toEqual(record.ports)
})

it('what a label says is what was written', () => {
  const targets = { api: 3000, codeServer: 8443 }
  expect(parsePortTargets(formatPortTargets(targets))).toEqual(targets)
})

it.each([undefined, '', 'api', 'api=x', 'ssh=22', 'a=1,b=1', 'api=70000'])('%s is no such label', (label) => {
  expect(parsePortTargets(label)).toBeUndefined()
})
