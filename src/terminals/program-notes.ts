import { SequenceScan } from './sequence-scan.ts'

const BEL = 0x07
const ESC = 0x1b
const LONGEST_NOTE = 8192
const LONGEST_TITLE = 200
const LONGEST_FOLDER = 4096

/** What the program of a terminal says about itself in its output: its title (OSC 0 and 2), and where it is (OSC 7). */
export class ProgramNotes {
  /** Empty where it says nothing. */
  title = ''
  folder: string | undefined
  private readonly scan: SequenceScan
  private isChanged = false

  constructor() {
    this.scan = new SequenceScan({
      introducer: '\x1b]',
      isEnd: (byte) => byte === BEL || byte === ESC,
      longest: LONGEST_NOTE,
      found: (body) => {
        this.take(body)
      },
    })
  }

  /** Takes output, which may be reused afterwards; returns whether something was said anew. */
  read(bytes: Buffer): boolean {
    this.isChanged = false
    this.scan.scan(bytes)
    return this.isChanged
  }

  private take(body: string): void {
    const [, kind, text = ''] = /^([027]);(.*)$/s.exec(body) ?? []
    if (kind === undefined) return
    const { title, folder } = this
    if (kind === '7') this.folder = folderOf(text) ?? this.folder
    else this.title = titleOf(text)
    if (title !== this.title || folder !== this.folder) this.isChanged = true
  }
}

function titleOf(text: string): string {
  const line = text.replace(/\p{Cc}/gu, '').trim()
  return line.length > LONGEST_TITLE ? line.slice(0, LONGEST_TITLE).replace(/[\uD800-\uDBFF]$/, '') : line
}

/** The folder of a `file:` URL; its host is this workspace, whatever it is called. */
function folderOf(text: string): string | undefined {
  const encoded = /^file:\/\/[^/]*(\/.*)$/s.exec(text)?.[1]
  if (encoded === undefined) return undefined
  try {
    const folder = decodeURIComponent(encoded)
    return folder.length <= LONGEST_FOLDER && !/\p{Cc}/u.test(folder) ? folder : undefined
  } catch {
    return undefined
  }
}
