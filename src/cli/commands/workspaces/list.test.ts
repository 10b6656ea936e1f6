import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import type { WorkerClient } from '../../../client/worker-client.ts'
import { listWorkspaces } from './list.ts'

async function listed(workspaces: readonly object[]): Promise<string[]> {
  const worker = { api: { workspaces: { list: () => Promise.resolve(workspaces) } } } as unknown as WorkerClient
  let text = ''
  const write = (chunk: Buffer, _encoding: string, done: () => void): void => {
    text += chunk.toString()
    done()
  }
  const stdout = Object.assign(new Writable({ write }), { isTTY: false }) as unknown as NodeJS.WriteStream
  await listWorkspaces(worker, { json: false, stdout })
  return text.trimEnd().split('\n')
}

const ports = { ssh: 2223 }
const workspace = { name: 'api', status: 'running', template: 'base', ports, created: new Date().toISOString() }

it('tells titles where there are any', async () => {
  expect((await listed([workspace]))[0]).toMatch(/^NAME +STATUS +TEMPLATE +PORTS +AGE$/)

  const [heading = '', untitled, titled] = await listed([workspace, { ...workspace, name: 'web', title: 'The site' }])
  expect(heading).toMatch(/ AGE +TITLE$/)
  expect(untitled?.slice(heading.indexOf('TITLE'))).toBe('-')
  expect(titled?.slice(heading.indexOf('TITLE'))).toBe('The site')
})
