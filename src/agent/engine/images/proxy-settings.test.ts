import { expect, test } from 'vitest'
import { proxySettings } from './proxy-settings.ts'

test('takes the proxies of this computer in both spellings, and nothing else', () => {
  const environment = { http_proxy: 'http://proxy:3128', NO_PROXY: 'localhost', HTTPS_PROXY: '', API_KEY: 'x' }
  expect(proxySettings(environment)).toEqual({ http_proxy: 'http://proxy:3128', NO_PROXY: 'localhost' })
})
