import { posix } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Logger } from 'pino'
import tar from 'tar-stream'
import { BROUGHT_FOLDER, KEPT_SUFFIX } from '../../contract/runtime/state-folder.ts'
import type { Engine } from '../engine/engine.ts'
import type { Place } from '../engine-terminals/place.ts'
import { readKept } from './load.ts'
import { surveyTerminals } from './survey.ts'

/** Workspaces at once, with 64 MiB each at most: more are rebuilt one after the other than at the same time. */
const MOST_CARRIED = 4

interface CarriedFile {
  name: string
  content: Buffer
  changedAt: Date
}

/**
 * Last screens on their way from a container that goes to the one that takes its place: in memory, and for as long as that takes. The
 * runtime of the new one takes them up as those of an earlier run. They are worth no rebuild: what fails is logged.
 */
export class CarriedScreens {
  readonly #log: Logger
  readonly #byWorkspace = new Map<string, CarriedFile[]>()

  constructor(log: Logger) {
    this.#log = log
  }

  /** Takes them out of a container that has stopped. Never rejects. */
  async take(engine: Engine, place: Place): Promise<void> {
    try {
      const files = await filesFrom(engine, place.containerId)
      if (files.length > 0) this.#hold(place.workspaceId, files)
    } catch (error) {
      this.#log.warn({ err: error, workspace: place.name }, 'the last screens of a workspace could not be taken along')
    }
  }

  /** Puts what was taken into a container that has not been started. Never rejects. */
  async bring(engine: Engine, place: Place): Promise<void> {
    const files = this.#byWorkspace.get(place.workspaceId)
    if (files === undefined) return
    try {
      await engine.containers.putArchive(place.containerId, '/', packed(files))
    } catch (error) {
      this.#log.warn({ err: error, workspace: place.name }, 'the last screens of a workspace could not be brought')
    }
  }

  /** They have arrived, or are not wanted any more. */
  forget(workspaceId: string): void {
    this.#byWorkspace.delete(workspaceId)
  }

  #hold(workspaceId: string, files: CarriedFile[]): void {
    this.#byWorkspace.set(workspaceId, files)
    const [oldest] = this.#byWorkspace.keys()
    if (this.#byWorkspace.size > MOST_CARRIED && oldest !== undefined) this.#byWorkspace.delete(oldest)
  }
}

async function filesFrom(engine: Engine, containerId: string): Promise<CarriedFile[]> {
  const files: CarriedFile[] = []
  for (const { ringFile, stateFile, changedAtMs } of await surveyTerminals(engine, containerId)) {
    const names = [ringFile, `${ringFile}${KEPT_SUFFIX}`, ...(stateFile === undefined ? [] : [stateFile])]
    for (const name of names) {
      files.push({ name, content: await readKept(engine, containerId, name), changedAt: new Date(changedAtMs) })
    }
  }
  return files
}

/** Of root, and for root alone: the runtime gives them to the workspace's user, whoever that is now. */
function packed(files: readonly CarriedFile[]): Readable {
  const pack = tar.pack()
  addFiles(pack, files).then(
    () => pack.finalize(),
    (error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  // tar-stream's streams are not Node's own.
  return Readable.from(pack, { objectMode: false })
}

async function addFiles(pack: tar.Pack, files: readonly CarriedFile[]): Promise<void> {
  const folder = posix.relative('/', BROUGHT_FOLDER)
  pack.entry({ name: `${folder}/`, type: 'directory', mode: 0o700 })
  for (const { name, content, changedAt } of files) {
    const header = { name: `${folder}/${name}`, size: content.length, mode: 0o600, mtime: changedAt }
    await pipeline(Readable.from([content]), pack.entry(header))
  }
}
