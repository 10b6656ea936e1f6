import { randomUUID } from 'node:crypto'
import type { FrameSocket } from '../../src/contract/terminal/frame-socket.ts'
import { serveTerminal } from '../../src/terminals/connection.ts'
import type { Report } from '../../src/terminals/report.ts'
import { Terminals } from '../../src/terminals/terminals.ts'
import { ScriptedProgram, WholeHistory } from './scripted-program.ts'
import { type WireCut, wire } from './wire.ts'
import { WiredClient } from './wired-client.ts'

export interface WiredOptions {
  keptBytes?: number
  /** Clients come to another holder, which carries them to the one of the terminal; that way is cut then. */
  isPassedOn?: boolean
}

/** Real clients at the real terminals, over wires in memory that break where a test says. */
export class WiredTerminal {
  readonly id = randomUUID()
  terminals: Terminals
  readonly problems: string[] = []
  readonly #isPassedOn: boolean
  #program: ScriptedProgram | undefined
  #history: WholeHistory | undefined

  constructor({ keptBytes = 8_388_608, isPassedOn = false }: WiredOptions = {}) {
    this.#isPassedOn = isPassedOn
    this.terminals = new Terminals({
      begin: (_wanted, events) => {
        this.#program = new ScriptedProgram(events)
        this.#history = new WholeHistory(keptBytes)
        return { title: 'program', program: this.#program, history: this.#history }
      },
      report: (_level, message) => this.problems.push(message),
      changed: () => undefined,
    })
  }

  get program(): ScriptedProgram {
    if (this.#program === undefined) throw new Error('No client has attached yet.')
    return this.#program
  }

  get output(): Buffer {
    return this.#history?.bytes ?? Buffer.alloc(0)
  }

  /** A client, whose connections are cut as `cuts` say, in order; those after the last are not cut. */
  join({ cuts = [], cols = 80, rows = 24 }: { cuts?: WireCut[]; cols?: number; rows?: number } = {}): WiredClient {
    return new WiredClient({
      ...{ terminal: this.id, cuts: [...cuts], cols, rows },
      connect: (cut) => this.#connect(cut),
    })
  }

  /** Another holder takes the terminal up where the one before was killed; the program has died with it. */
  takeUp(): void {
    const [record] = this.terminals.list()
    if (record === undefined || this.#history === undefined) throw new Error('There is no terminal to take up.')
    const { report, history } = { report: this.#report, history: this.#history }
    this.terminals.leave()
    this.terminals = new Terminals({ begin: neverBegins, report, changed: () => undefined })
    const nothing = (): void => undefined
    const screen = { produced: nothing, resized: nothing, take: async () => undefined, dispose: nothing }
    this.terminals.takeUp([{ record, history, screen, keep: { note: nothing, dispose: nothing } }])
  }

  #connect(cut: WireCut): FrameSocket {
    if (!this.#isPassedOn) return this.#connectToHolder(cut)
    const [client, server] = wire({ downBytes: Infinity, upBytes: Infinity })
    const terminals = new Terminals({ begin: neverBegins, report: this.#report, changed: () => undefined })
    const elsewhere = { channelTo: () => this.#connectToHolder(cut) }
    serveTerminal(server, { terminals, elsewhere, report: this.#report })
    return client
  }

  #connectToHolder(cut: WireCut): FrameSocket {
    const [near, far] = wire(cut)
    serveTerminal(far, { terminals: this.terminals, report: this.#report })
    return near
  }

  readonly #report: Report = (_level, message) => void this.problems.push(message)
}

function neverBegins(): never {
  throw new Error('The terminal is held elsewhere.')
}
