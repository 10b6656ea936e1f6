import { chmod, readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from 'pino'
import { AgentError } from '../agent-error.ts'
import { writeFileAtomically } from '../store/atomic-file.ts'
import type { AgentConfig } from './config.ts'
import type { LoadedConfig } from './config-file.ts'
import { type ConfigEdit, ConfigProblem, editConfigText, parseConfigText } from './config-text.ts'
import { watchFile } from './watch-file.ts'

export interface ConfigStoreDeps {
  configDir: string
  loaded: LoadedConfig
  /** Another configuration is in force. */
  changed(before: AgentConfig, after: AgentConfig): void
  /** The file was changed by hand and is not in force; the words name its line and reason. Undefined: it was mended. */
  problem(words: string | undefined): void
  log: Logger
}

/**
 * The configuration in force. Edits of the file by hand come into force by themselves; one that is broken does not, and
 * what was in force stays. Edits through the agent change their values alone and leave the rest of the file as it is.
 */
export class ConfigStore implements AsyncDisposable {
  readonly #deps: ConfigStoreDeps
  readonly #file: string
  readonly #stopWatching: () => Promise<void>
  #config: AgentConfig
  #text: string
  #problem: string | undefined
  /** Reads and writes follow each other. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: ConfigStoreDeps) {
    this.#deps = deps
    this.#file = path.join(deps.configDir, 'config.json')
    this.#config = deps.loaded.config
    this.#text = deps.loaded.text
    this.#stopWatching = watchFile(this.#file, {
      changed: () => this.#inTurn(() => this.#reload()),
      failed: (error) => deps.log.warn({ err: error }, 'config.json cannot be watched'),
    })
  }

  get current(): AgentConfig {
    return this.#config
  }

  /** What is the matter with the file as it lies there. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** Throws what `update` would throw for these edits. */
  check(edits: readonly ConfigEdit[]): Promise<void> {
    return this.#inTurn(async () => {
      if (edits.length > 0) await this.#edited(edits)
    })
  }

  /** Changes values of the file. Throws `AgentError`: `CONFLICT` while it is broken, `BAD_REQUEST` where they do not fit. */
  update(edits: readonly ConfigEdit[]): Promise<void> {
    return this.#inTurn(async () => {
      if (edits.length === 0) return
      const { text, config } = await this.#edited(edits)
      // A link stays one: what it leads to is written.
      await writeFileAtomically(await realpath(this.#file).catch(() => this.#file), text)
      this.#take(text, config)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stopWatching()
    await this.#last
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  async #edited(edits: readonly ConfigEdit[]): Promise<{ text: string; config: AgentConfig }> {
    await this.#reload()
    if (this.#problem !== undefined) {
      throw new AgentError('CONFLICT', this.#problem, { hint: 'Mend the file, then try again.' })
    }
    const text = editConfigText(this.#text, edits)
    return { text, config: parseEdited(text) }
  }

  async #reload(): Promise<void> {
    try {
      const text = await readFile(this.#file, 'utf8')
      if (text !== this.#text || this.#problem !== undefined) {
        // Editors make files that others may read.
        await chmod(this.#file, 0o600)
        this.#take(text, parseConfigText(text))
      }
    } catch (error) {
      this.#note(wordsOf(error))
    }
  }

  #take(text: string, config: AgentConfig): void {
    const before = this.#config
    this.#text = text
    this.#config = config
    this.#note(undefined)
    if (JSON.stringify(before) !== JSON.stringify(config)) this.#deps.changed(before, config)
  }

  #note(words: string | undefined): void {
    if (words === this.#problem) return
    this.#problem = words
    this.#deps.problem(words)
  }
}

function parseEdited(text: string): AgentConfig {
  try {
    return parseConfigText(text)
  } catch (error) {
    if (error instanceof ConfigProblem) throw new AgentError('BAD_REQUEST', error.message)
    throw error
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof ConfigProblem) return `config.json, line ${error.line}: ${error.message}`.slice(0, 240)
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'it is not known why'
  return code === 'ENOENT' ? 'config.json is gone.' : `config.json cannot be read (${code}).`
}
