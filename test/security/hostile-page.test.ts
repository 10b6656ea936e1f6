import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBrowser, sandboxArguments } from '../../e2e/support/machine.ts'
import { RPC_SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from '../../src/contract/terminal/limits.ts'
import { AgentProcess } from '../support/agent.ts'

const executablePath = findBrowser()
/** In CI its absence is a failure, which the launch tells. */
const isLeftOut = executablePath === undefined && process.env['CI'] !== 'true'

let agent: AgentProcess
let token: string
let site: http.Server
let browser: Browser
let page: Page
/** How the page of the other site calls the agent, and what the browser says when a name of that site leads to it. */
let target: { agent: string; rebound: string; token: string; protocols: string[] }

beforeAll(async () => {
  if (isLeftOut) return
  agent = await AgentProcess.start()
  token = (await agent.pair()).token
  site = http.createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Another site</title>')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...sandboxArguments(), '--disable-gpu', '--host-resolver-rules=MAP *.site.example 127.0.0.1'],
  })
  page = await browser.newPage()
  target = {
    agent: agent.url,
    rebound: `http://rebound.site.example:${agent.port}`,
    // The most that a page could have: even a token that counts is worth nothing from there.
    token,
    protocols: [RPC_SUBPROTOCOL, `${TOKEN_SUBPROTOCOL_PREFIX}${token}`],
  }
})
afterAll(async () => {
  if (isLeftOut) return
  await browser.close()
  await new Promise((resolve) => site.close(resolve))
  await agent[Symbol.asyncDispose]()
})

const openOtherSite = async (): Promise<void> => {
  await page.goto(`http://www.site.example:${(site.address() as AddressInfo).port}/`)
}
const names = async (): Promise<string[]> => (await agent.local().api.workspaces.list()).map(({ name }) => name)

describe.skipIf(isLeftOut)('a page of another site, in a real browser', () => {
  it('reads nothing, whatever it sends along', async () => {
    await openOtherSite()
    const read = await page.evaluate(async ({ agent: url, token: secret }) => {
      const tries: [string, RequestInit][] = [
        ['/health', {}],
        ['/', {}],
        ['/rpc/info', { method: 'POST', body: '{}', headers: { authorization: `Bearer ${secret}` } }],
        ['/rpc/info', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }],
        ['/health', { credentials: 'include' }],
      ]
      const outcomes = tries.map(([path, init]) =>
        fetch(`${url}${path}`, init).then(
          (response) => `read ${path}: ${response.status}`,
          () => 'refused',
        ),
      )
      return await Promise.all(outcomes)
    }, target)
    expect(read).toEqual(['refused', 'refused', 'refused', 'refused', 'refused'])
  })

  it('does nothing by requests whose answers it may not read', async () => {
    const { code } = await agent.local().api.clients.pair({ scope: 'admin' })
    const before = await agent.local().api.clients.list()
    await openOtherSite()
    await page.evaluate(
      async ({ agent: url, code: spied }) => {
        const send = (path: string, body: string, type: string): Promise<unknown> =>
          fetch(`${url}${path}`, { method: 'POST', mode: 'no-cors', body, headers: { 'content-type': type } }).catch(
            () => undefined,
          )
        const create = JSON.stringify({ json: { name: 'made-by-a-page' } })
        await send('/rpc/workspaces/create', create, 'text/plain')
        await send('/rpc/workspaces/create', create, 'application/x-www-form-urlencoded')
        await send('/pair', JSON.stringify({ code: spied, name: 'page' }), 'text/plain')
        navigator.sendBeacon(`${url}/pair`, JSON.stringify({ code: spied, name: 'beacon' }))
      },
      { ...target, code },
    )
    // A form leads the whole page there.
    await page.evaluate(
      ({ agent: url, code: spied }) => {
        const form = document.createElement('form')
        form.method = 'post'
        form.enctype = 'text/plain'
        form.action = `${url}/pair`
        const field = document.createElement('input')
        field.name = `{"code":"${spied}","name":"form`
        field.value = '"}'
        form.append(field)
        document.body.append(form)
        form.submit()
      },
      { ...target, code },
    )
    await page.waitForURL(`${agent.url}/pair`)
    expect(await names()).toEqual([])
    expect(await agent.local().api.clients.list()).toEqual(before)
    // Nobody has spent the code: it still lets in whom it was made for.
    expect(await agent.redeem(code)).toMatchObject({ client: { scope: 'admin' } })
  })

  it('opens no WebSocket and no stream, with a token or without', async () => {
    await openOtherSite()
    const ends = await page.evaluate(async ({ agent: url, protocols }) => {
      const address = url.replace('http', 'ws')
      const end = (socket: WebSocket): Promise<string> =>
        new Promise((resolve) => {
          socket.onopen = () => resolve('opened')
          socket.onerror = () => resolve('refused')
        })
      const stream = new EventSource(`${url}/rpc/events`)
      return await Promise.all([
        end(new WebSocket(`${address}/rpc`, protocols)),
        end(new WebSocket(`${address}/rpc`)),
        end(new WebSocket(`${address}/terminal/any`, protocols[1])),
        end(new WebSocket(`${address}/terminal/any`)),
        new Promise<string>((resolve) => {
          stream.onopen = () => resolve('opened')
          stream.onerror = () => resolve('refused')
        }),
      ])
    }, target)
    expect(ends).toEqual(['refused', 'refused', 'refused', 'refused', 'refused'])
  })

  it('cannot frame the screens, load their files, or keep a hold of their window', async () => {
    await openOtherSite()
    const frame = await page.evaluateHandle(({ agent: url }) => {
      const made = document.createElement('iframe')
      made.src = `${url}/`
      document.body.append(made)
      return made
    }, target)
    const framed = await frame.asElement()?.contentFrame()
    await expect.poll(() => framed?.url()).toContain('chrome-error://')
    const loaded = await page.evaluate(
      ({ agent: url }) =>
        Promise.all(
          ['script', 'img'].map(
            (tag) =>
              new Promise<string>((resolve) => {
                const element = document.createElement(tag)
                element.onload = () => resolve('loaded')
                element.onerror = () => resolve('refused')
                element.setAttribute('src', `${url}/`)
                document.body.append(element)
              }),
          ),
        ),
      target,
    )
    expect(loaded).toEqual(['refused', 'refused'])
    const popup = page.waitForEvent('popup')
    await page.evaluate(({ agent: url }) => Object.assign(window, { held: window.open(`${url}/`) }), target)
    await (await popup).waitForLoadState()
    // The other window is in a group of its own: to its opener it looks closed.
    await expect.poll(() => page.evaluate(() => (Reflect.get(window, 'held') as Window).closed)).toBe(true)
    await (await popup).close()
  })

  it('gets nowhere by giving its own name the address of the agent', async () => {
    const answer = await page.goto(`${target.rebound}/`)
    expect(answer?.status()).toBe(421)
    const seen = await page.evaluate(async ({ protocols }) => {
      const health = await fetch('/health')
      const call = await fetch('/rpc/info', { method: 'POST', body: '{}' })
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/rpc`, protocols)
      const end = await new Promise<string>((resolve) => {
        socket.onopen = () => resolve('opened')
        socket.onerror = () => resolve('refused')
      })
      return [health.status, call.status, end]
    }, target)
    expect(seen).toEqual([421, 421, 'refused'])
  })
})
