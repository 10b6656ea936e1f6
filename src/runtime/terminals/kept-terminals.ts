import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { KeptTerminal } from '../../contract/runtime/kept-terminal.ts'
import { KEPT_SUFFIX } from '../../contract/runtime/state-folder.ts'
import { chooseKept, type LeftTerminal } from '../../terminals/choose-kept.ts'
import type { EarlierTerminal, KeptRecord, TerminalKeep } from '../../terminals/program.ts'
import type { Report } from '../../terminals/report.ts'
import { KeptScreen, type ScreenState } from '../screens/kept-screen.ts'
import type { ScreenWorker } from '../screens/screen-worker.ts'
import { isHolderAlive } from './holder.ts'
import { RingFile } from './ring-file.ts'
import { readSession } from './session-files.ts'

export interface KeptFileOptions {
  ringPath: string
  /** The state of its screen, as of now. */
  screen(): ScreenState
  report: Report
}

/** What is kept of a terminal beside its ring, in a file that is whole at any time: with both, another runtime can show its last screen. */
export class KeptFile implements TerminalKeep {
  private readonly options: KeptFileOptions
  private latest: KeptRecord | undefined
  private isBroken = false

  constructor(options: KeptFileOptions) {
    this.options = options
  }

  note(latest: KeptRecord): void {
    this.latest = latest
    this.save()
  }

  /** The state of the screen is another than before. */
  save(): void {
    const { latest, options } = this
    if (latest === undefined) return
    const path = options.ringPath + KEPT_SUFFIX
    try {
      writeFileSync(`${path}.draft`, JSON.stringify({ ...latest, screen: options.screen() }), { mode: 0o600 })
      renameSync(`${path}.draft`, path)
      this.isBroken = false
    } catch (error) {
      if (!this.isBroken) options.report('warn', 'a terminal would not outlast a stop', { error })
      this.isBroken = true
    }
  }

  dispose(): void {
    rmSync(this.options.ringPath + KEPT_SUFFIX, { force: true })
  }
}

export interface EarlierTerminals {
  /** In the order of their creation. */
  terminals: EarlierTerminal[]
  /** Names of their files. */
  files: ReadonlySet<string>
}

interface FoundTerminal extends LeftTerminal {
  terminal: EarlierTerminal
  files: string[]
}

export interface TakeUpDeps {
  worker: ScreenWorker
  report: Report
  /** Names of the files of runtimes that live no more. */
  left: ReadonlySet<string>
  /** Whether a file is of a terminal that has been taken up already. */
  isTaken(file: string): boolean
}

/** The terminals in `folder` of earlier runtimes that live no more, as many as are kept; the others are removed. */
export function takeUpEarlier(folder: string, deps: TakeUpDeps): EarlierTerminals {
  const found = [...deps.left]
    .filter((name) => name.endsWith(KEPT_SUFFIX) && !deps.isTaken(name))
    .flatMap((name) => open(folder, name, deps) ?? [])
  const kept = chooseKept(found)
  for (const one of found) {
    if (!kept.includes(one))
      for (const part of [one.terminal.history, one.terminal.screen, one.terminal.keep]) part.dispose()
  }
  const terminals = kept.map(({ terminal }) => terminal)
  terminals.sort((a, b) => a.record.createdAt.localeCompare(b.record.createdAt))
  return { terminals, files: new Set(kept.flatMap(({ files }) => files)) }
}

/** The session of a terminal that another runtime holds, who lives; nothing where none does, or its program has ended. */
export function findSessionElsewhere(folder: string, terminal: string): number | undefined {
  const name = readdirSync(folder).find(
    (file) => file.endsWith(KEPT_SUFFIX) && isHolderAlive(file) && readRecordId(join(folder, file)) === terminal,
  )
  return name === undefined ? undefined : readSession(join(folder, name.slice(0, -KEPT_SUFFIX.length)))
}

function readRecordId(path: string): string | undefined {
  try {
    return KeptTerminal.parse(JSON.parse(readFileSync(path, 'utf8'))).record.id
  } catch {
    return undefined
  }
}

/** Nothing where the file or its ring is not whole. */
function open(folder: string, name: string, { worker, report }: TakeUpDeps): FoundTerminal | undefined {
  const ringPath = join(folder, name.slice(0, -KEPT_SUFFIX.length))
  try {
    const { record, exitedAtMs, screen } = KeptTerminal.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
    const { stateFile } = screen.base
    const statePath = stateFile === undefined ? undefined : join(folder, basename(stateFile))
    const stateBytes = statePath === undefined ? 0 : statSync(statePath).size
    const { mtimeMs: changedAtMs } = statSync(ringPath)
    const history = RingFile.reopen(ringPath)
    const kept = new KeptFile({ ringPath, screen: () => keptScreen.state, report })
    const keptScreen = new KeptScreen({
      history,
      worker,
      state: { base: { ...screen.base, stateFile: statePath }, sizes: screen.sizes },
      moved: () => kept.save(),
      failed: (error) => report('warn', 'a screen could not be built', { terminal: record.id, error }),
    })
    const files = [name, basename(ringPath), ...(statePath === undefined ? [] : [basename(statePath)])]
    const terminal = { record, exitedAtMs, history, screen: keptScreen, keep: kept }
    return { terminal, files, changedAtMs, sizeBytes: history.sizeBytes + stateBytes }
  } catch (error) {
    report('warn', 'what was kept of a terminal is not whole', { error })
    return undefined
  }
}
