import { createHmac } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { type CredentialEntry, MOST_CREDENTIAL_BYTES } from '../../../contract/runtime/credential-files.ts'
import { type Found, type Places, SourceProblem, surveySource } from './survey.ts'

/** What is to be written at one destination. */
export interface Cargo {
  destination: string
  entries: CredentialEntry[]
  /** Another whenever a name, a mode or a content is; tells nothing of them without the agent's secret. */
  digest: string
}

export interface CredentialFilesDeps {
  /** Destination → source, as it is configured now. */
  mappings(): Readonly<Record<string, string>>
  places: Places
  secret: Uint8Array
  /** A problem that was not there before. */
  problem(destination: string, message: string): void
}

/** The files and folders of this computer that workspaces receive. */
export class CredentialFiles {
  readonly #deps: CredentialFilesDeps
  /** Of sources, as they were found last. */
  readonly #problems = new Map<string, string>()
  /** Of workspaces that did not take what was brought last. */
  readonly #refusals = new Map<string, string>()

  constructor(deps: CredentialFilesDeps) {
    this.#deps = deps
  }

  get destinations(): string[] {
    return Object.keys(this.#deps.mappings())
  }

  /** What cannot be brought, or not whole, as it was found last. */
  problems(): { destination: string; message: string }[] {
    const { destinations } = this
    return [...this.#problems, ...this.#refusals]
      .filter(([destination]) => destinations.includes(destination))
      .map(([destination, message]) => ({ destination, message }))
  }

  /** Looks at all sources anew, without reading them. */
  async look(): Promise<void> {
    for (const [destination, source] of Object.entries(this.#deps.mappings())) {
      await this.#noting(destination, () => surveySource(source, this.#deps.places))
    }
  }

  /** What goes to `destination`, as its source is now; undefined where it cannot be brought, which is noted. */
  async read(destination: string): Promise<Cargo | undefined> {
    const source = this.#deps.mappings()[destination]
    if (source === undefined) return undefined
    const survey = await this.#noting(destination, async () => {
      const { found, leftOut } = await surveySource(source, this.#deps.places)
      return { entries: await readAll(found), leftOut }
    })
    if (survey === undefined) return undefined
    const hmac = createHmac('sha256', this.#deps.secret)
    const digest = hmac.update(JSON.stringify([destination, survey.entries])).digest('base64url')
    return { destination, entries: survey.entries, digest }
  }

  /** Notes why a workspace did not take something; undefined: it has taken it. */
  refused(destination: string, message: string | undefined): void {
    // The words come out of a workspace.
    const words = message?.replaceAll(/\p{Cc}/gu, ' ').slice(0, 300)
    note(this.#refusals, { destination, message: words }, this.#deps.problem)
  }

  async #noting<T extends { leftOut: string | undefined }>(
    destination: string,
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      const result = await work()
      note(this.#problems, { destination, message: result.leftOut }, this.#deps.problem)
      return result
    } catch (error) {
      if (!(error instanceof SourceProblem)) throw error
      note(this.#problems, { destination, message: error.message }, this.#deps.problem)
      return undefined
    }
  }
}

/** Keeps what is the matter with a destination, and tells it where it is news. */
function note(
  kept: Map<string, string>,
  { destination, message }: { destination: string; message: string | undefined },
  tell: CredentialFilesDeps['problem'],
): void {
  if (message === kept.get(destination)) return
  if (message === undefined) kept.delete(destination)
  else {
    kept.set(destination, message)
    tell(destination, message)
  }
}

async function readAll(found: readonly Found[]): Promise<CredentialEntry[]> {
  const entries: CredentialEntry[] = []
  let room = MOST_CREDENTIAL_BYTES
  for (const { kind, from, path, mode } of found) {
    if (kind === 'folder') {
      entries.push({ kind, path, mode })
      continue
    }
    const bytes = await readWhole(from, room)
    room -= bytes.length
    entries.push({ kind, path, mode, content: bytes.toString('base64') })
  }
  return entries
}

/** Not blocking: in the place of the file that was seen there may be a pipe by now. */
async function readWhole(from: string, room: number): Promise<Buffer> {
  try {
    const handle = await open(from, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const status = await handle.stat()
      if (!status.isFile()) throw new SourceProblem('It changed while it was read.')
      if (status.size > room) throw new SourceProblem('It is larger than 16 MiB. Name less of it.')
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (error instanceof SourceProblem) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'it is not known why'
    throw new SourceProblem(`It cannot be read on this computer (${code}).`)
  }
}
