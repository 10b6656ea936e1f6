import { ProgramNotes } from './program-notes.ts'

/** What a program says of itself is told this long after, so that one that says much is not heard by everybody. */
const NOTES_MS = 250

export interface NamingOptions {
  /** Before its program has said anything. */
  title: string
  /** `title` is one that a person gave. */
  isRenamed?: boolean | undefined
  folder?: string | undefined
  /** The title (where it is another one) or the folder may have changed. */
  changed(title: string | undefined): void
}

/** What a terminal is called, and where its shell is. What a person says goes before what its program says. */
export class Naming {
  private readonly options: NamingOptions
  private readonly notes = new ProgramNotes()
  private given: string
  private told: string
  private timer: NodeJS.Timeout | undefined

  constructor(options: NamingOptions) {
    this.options = options
    this.given = options.isRenamed === true ? options.title : ''
    this.told = options.title
  }

  get title(): string {
    return this.given || this.notes.title || this.options.title
  }

  get isRenamed(): boolean {
    return this.given !== ''
  }

  get folder(): string | undefined {
    return this.notes.folder ?? this.options.folder
  }

  /** Takes a title of a person's; an empty one gives the program's own back. */
  rename(title: string): void {
    this.given = title
    this.settle()
  }

  /** Takes output. */
  read(bytes: Buffer): void {
    if (this.notes.read(bytes)) this.timer ??= setTimeout(() => this.settle(), NOTES_MS)
  }

  /** Tells what is to be told, without a wait. */
  settle(): void {
    this.dispose()
    const { title } = this
    this.options.changed(title === this.told ? undefined : title)
    this.told = title
  }

  dispose(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }
}
