import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { ORPCError } from '@orpc/client'
import { expect, it } from 'vitest'
import type { WorkerClient } from '../../../client/worker-client.ts'
import { sshFilesIn } from './host-settings.ts'
import { sshConfig } from './print-config.ts'

it('tells why a workspace is left out in one line, whatever its service answers', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
  let said = ''
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      said += chunk.toString()
      done()
    },
  })
  const message = 'No.\u{1b}]52;c;Y3VybA==\u{7}\nssh-config: all is well\u{1b}[8m'
  const workspaces = {
    list: () => Promise.resolve([{ name: 'evil', status: 'running' }]),
    authorizeKey: () => Promise.reject(new ORPCError('PRECONDITION_FAILED', { message })),
  }
  await sshConfig({ api: { workspaces } } as unknown as WorkerClient, {
    ...{ names: [], install: false, json: false, files: sshFilesIn(folder) },
    streams: { stdin: process.stdin, stdout: process.stdout, stderr: stream as unknown as NodeJS.WriteStream },
  })
  expect(said).toMatch(/^Left out: evil\. No\.[^\p{Cc}]*all is well[^\p{Cc}]*\n$/u)
  await rm(folder, { recursive: true })
})
