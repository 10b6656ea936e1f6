import { Worker } from 'node:worker_threads'
import type { ScreenAnswer, ScreenJob } from './screen-job.ts'

/** The thread is ended when nothing was asked of it for so long: it holds memory that a workspace at rest does not need. */
const IDLE_MS = 10_000
/** A screen that takes longer is given up, and the thread with it. */
const JOB_LIMIT_MS = 20_000
/** Heap of the thread: a screen of 10,000 lines and 1000 columns takes 120 MB. */
const HEAP_MB = 384
/** What is new there: with V8's own 48 a third more memory is taken, for a tenth of the time. */
const YOUNG_MB = 8

export interface BuiltScreen {
  offset: number
  /** Absent where it was saved. */
  screen: Uint8Array | undefined
}

interface Asked {
  /** All of the ring has been read. */
  read(): void
  resolve(built: BuiltScreen): void
  reject(error: Error): void
}

/** Builds screens in a thread of its own, which is there only while it is needed. */
export class ScreenWorker {
  private readonly program: string
  private worker: Worker | undefined
  private readonly asked = new Map<number, Asked>()
  private timer: NodeJS.Timeout | undefined
  private lastId = 0

  /** `program`: the thread's file. */
  constructor(program: string) {
    this.program = program
  }

  /** Resolves with the screen, or where it was saved with its offset alone. `read` is called when the ring has been read. */
  build(job: Omit<ScreenJob, 'id'>, read: () => void): Promise<BuiltScreen> {
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      this.asked.set(id, { read, resolve, reject })
      this.worker ??= this.start()
      this.worker.postMessage({ ...job, id })
      this.watch()
    })
  }

  private start(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB }
    const worker = new Worker(this.program, { resourceLimits, env: {} })
    worker.unref()
    worker.on('message', (answer: ScreenAnswer) => {
      if (this.worker === worker) this.take(answer)
    })
    worker.on('error', (error) => {
      if (this.worker === worker) this.end(error)
    })
    return worker
  }

  private take(answer: ScreenAnswer): void {
    const asked = this.asked.get(answer.id)
    if (answer.type === 'read') asked?.read()
    else {
      this.asked.delete(answer.id)
      if (answer.type === 'done') asked?.resolve(answer)
      else asked?.reject(new Error(answer.message))
    }
    this.watch()
  }

  /** Gives the next answer its time, or, where none is to come, the thread its end. */
  private watch(): void {
    clearTimeout(this.timer)
    const limit = this.asked.size > 0 ? JOB_LIMIT_MS : IDLE_MS
    this.timer = setTimeout(() => {
      this.end(new Error('A screen took too long.'))
    }, limit)
    this.timer.unref()
  }

  private end(error: unknown): void {
    clearTimeout(this.timer)
    const { worker } = this
    this.worker = undefined
    for (const { reject } of this.asked.values()) reject(error instanceof Error ? error : new Error(String(error)))
    this.asked.clear()
    void worker?.terminate()
  }
}
