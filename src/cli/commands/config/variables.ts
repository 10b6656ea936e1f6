import type { WorkerClient } from '../../../client/worker-client.ts'
import { EnvironmentPatch } from '../../../contract/agent/secret-value.ts'
import { usageFailure } from '../../cli-failure.ts'
import { askHidden } from '../../question.ts'
import { type Streams, say } from '../../terminal-streams.ts'

/** A value may have so many characters; with a line end. */
const MOST_BYTES = 4 * 32_768 + 2

/** `ws config set-env`: the value never stands in a command line, where every program could read it. */
export async function setEnvironment(
  worker: WorkerClient,
  { name, streams }: { name: string; streams: Streams },
): Promise<void> {
  const { stdin, stderr } = streams
  const value = stdin.isTTY ? await askHidden(`Value of ${name}: `, streams) : await readValue(stdin)
  const patch = EnvironmentPatch.safeParse({ [name]: value })
  if (!patch.success) throw usageFailure('That value cannot be taken.', patch.error.issues[0]?.message)
  await worker.api.config.credentials.update({ env: patch.data })
  say(stderr, `${name} is set. What is started in workspaces from now on has it.`)
}

/** `ws config unset-env` */
export async function unsetEnvironment(
  worker: WorkerClient,
  { name, streams }: { name: string; streams: Streams },
): Promise<void> {
  const { env } = await worker.api.config.credentials.get()
  if (!Object.hasOwn(env, name)) throw usageFailure(`No variable ${name} is set.`, 'See which are: ws config')
  await worker.api.config.credentials.update({ env: { [name]: null } })
  say(streams.stderr, `${name} is forgotten. What runs keeps it until it ends.`)
}

/** All of the input, without the line end that `echo` adds. */
async function readValue(stdin: AsyncIterable<unknown>): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of stdin) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part
    if (!(bytes instanceof Uint8Array)) continue
    size += bytes.length
    if (size > MOST_BYTES) throw usageFailure('The value is too long.', 'At most 32768 characters are possible.')
    parts.push(bytes)
  }
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}
