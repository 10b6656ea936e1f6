import os from 'node:os'
import path from 'node:path'
import type { WorkerClient } from '../../../client/worker-client.ts'
import { FileDestination } from '../../../contract/agent/config.ts'
import { usageFailure } from '../../cli-failure.ts'
import { type Streams, say } from '../../terminal-streams.ts'

/** `ws config add-file` */
export async function addFile(
  worker: WorkerClient,
  { source, destination, streams }: { source: string; destination: string | undefined; streams: Streams },
): Promise<void> {
  const from = fromHome(path.resolve(source))
  const to = destination === undefined ? from : fromHome(destination)
  if (!to.startsWith('~/') && destination === undefined) {
    throw usageFailure(`${from} is not in your home folder.`, 'Say where it goes in workspaces, as ~/path.')
  }
  if (!FileDestination.safeParse(to).success) {
    throw usageFailure(`${to} is no place in a workspace.`, 'Write it as ~/path, without “.” and “..” in it.')
  }
  const { problems } = await worker.api.config.credentials.update({ files: { [to]: from } })
  const problem = problems.find((one) => one.destination === to)
  say(streams.stderr, problem === undefined ? `Every workspace has it at ${to}.` : `${to}: ${problem.message}`)
}

/** `ws config remove-file` */
export async function removeFile(
  worker: WorkerClient,
  { destination, streams }: { destination: string; streams: Streams },
): Promise<void> {
  const { files } = await worker.api.config.credentials.get()
  const to = [destination, fromHome(destination)].find((name) => Object.hasOwn(files, name))
  if (to === undefined) throw usageFailure(`Nothing goes to ${destination}.`, 'See what does: ws config')
  await worker.api.config.credentials.update({ files: { [to]: null } })
  say(streams.stderr, `${to} is copied no more. Copies that were made stay in their workspaces.`)
}

/** As people write it: what a shell has made of `~` goes back to it. */
function fromHome(place: string): string {
  const below = path.relative(os.homedir(), place)
  const isBelow = path.isAbsolute(place) && below !== '' && !below.startsWith('..') && !path.isAbsolute(below)
  return isBelow ? `~/${below.split(path.sep).join('/')}` : place
}
