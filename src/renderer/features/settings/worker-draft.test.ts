import { expect, test } from 'vitest'
import type { WorkerSettings } from '../../../contract/agent/config.ts'
import { draftOfSettings, patchOf } from './worker-draft.ts'

const settings: WorkerSettings = {
  port: 7777,
  allowedHosts: ['berth.example.com', 'atlas'],
  ports: { ssh: [10_000, 10_999], http: [11_000, 11_999], codeServer: [12_000, 12_999], custom: [13_000, 13_999] },
  idleStopSeconds: 0,
  privilegedDocker: 'admin',
  engine: { runtimeAddress: 'auto' },
  afterRestart: [],
}

test('what is shown means what it was made from', () => {
  const draft = draftOfSettings(settings)
  expect(patchOf(draft)).toEqual({
    ok: true,
    patch: {
      port: 7777,
      allowedHosts: ['berth.example.com', 'atlas'],
      ports: settings.ports,
      idleStopSeconds: 0,
      privilegedDocker: 'admin',
      engine: { host: null, runtimeAddress: 'auto', baseImage: null },
    },
  })
})

test('only what was typed is changed, and what was emptied goes back to its default', () => {
  expect(patchOf({ port: ' 8080 ' })).toEqual({ ok: true, patch: { port: 8080 } })
  expect(patchOf({ port: '', ssh: '', custom: '9000 - 9100', allowedHosts: '\n' })).toEqual({
    ok: true,
    patch: { port: null, allowedHosts: null, ports: { ssh: null, custom: [9000, 9100] } },
  })
  expect(patchOf({})).toEqual({ ok: true, patch: {} })
})

test('what cannot be is named by its fields, in their order', () => {
  const wrong = { port: '65536', ssh: '2000-1000', http: '1000', custom: 'many', idleStopSeconds: '30' }
  expect(patchOf({ ...wrong, codeServer: '1-2' })).toEqual({
    ok: false,
    wrong: ['port', 'idleStopSeconds', 'ssh', 'http', 'custom'],
  })
  expect(patchOf({ port: '1e3' })).toEqual({ ok: false, wrong: ['port'] })
})
