import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import { MOST_UPLOAD_BYTES, UPLOAD_PIECE_BYTES, UPLOAD_SILENCE_MS } from '../../contract/upload/limits.ts'
import { type UploadAnswer, UploadRequest } from '../../contract/upload/messages.ts'
import { safeFileName } from '../../domain/file-name.ts'
import type { Report } from '../../terminals/report.ts'
import { ChannelEnded, FrameQueue } from './frame-queue.ts'
import { UploadDraft } from './upload-draft.ts'
import { UploadRefusal } from './upload-refusal.ts'

/** A connection that has not said what it brings by then is closed. */
const REQUEST_MS = 10_000
/** Uploads under way at once. */
const MOST_UPLOADS = 32
/** A client is told what was written each time that it is so much more. */
const TELL_EVERY_BYTES = 131_072

export interface UploadsOptions {
  /** The folder for a file that was dropped on `terminal`. */
  folderFor(terminal: string | undefined): string
  /** Where it is noted which drafts there are. */
  notes: string
  /** Somebody is at work. */
  active(): void
  report: Report
}

/** The files that are being uploaded into this workspace: serves `berth.upload.1`. */
export class Uploads {
  private readonly options: UploadsOptions
  private readonly running = new Map<FrameQueue, Promise<void>>()

  constructor(options: UploadsOptions) {
    this.options = options
  }

  /** Takes one file over `socket`, until either side closes. */
  serve(socket: FrameSocket): void {
    const frames = new FrameQueue(socket)
    const say = (answer: UploadAnswer): void => socket.send(JSON.stringify(answer))
    if (this.running.size >= MOST_UPLOADS)
      frames.fail(new UploadRefusal('TOO_MANY_REQUESTS', `${MOST_UPLOADS} files are being uploaded already.`))
    const done = this.take(frames, say)
      .then(
        (path) => {
          say({ type: 'done', path })
          socket.close(CLOSE.exited)
        },
        (error: unknown) => {
          if (!(error instanceof ChannelEnded)) this.refuse(socket, { error, say })
        },
      )
      .finally(() => this.running.delete(frames))
    this.running.set(frames, done)
  }

  /** Ends all that are under way; resolves when nothing is left of them. */
  async close(): Promise<void> {
    for (const frames of this.running.keys()) frames.fail(new ChannelEnded())
    await Promise.all(this.running.values())
  }

  private async take(frames: FrameQueue, say: (answer: UploadAnswer) => void): Promise<string> {
    const { name, size, terminal } = parseRequest(await frames.next(REQUEST_MS))
    const { folderFor, notes, active } = this.options
    await using draft = await UploadDraft.begin({ folder: folderFor(terminal), size, notes })
    say({ type: 'ready' })
    let told = 0
    for (let offset = 0; offset < size; ) {
      const piece = await frames.next(UPLOAD_SILENCE_MS)
      refuseUnlessFits(piece, size - offset)
      await draft.write(piece)
      offset += piece.length
      active()
      if (offset - told < TELL_EVERY_BYTES && offset < size) continue
      told = offset
      say({ type: 'taken', offset })
    }
    return await draft.keepAs(safeFileName(name))
  }

  private refuse(socket: FrameSocket, { error, say }: { error: unknown; say(answer: UploadAnswer): void }): void {
    if (error instanceof UploadRefusal) {
      const { code, message, hint } = error
      say({ type: 'error', code, message, ...(hint !== undefined && { hint }) })
      socket.close(CLOSE.refused, code)
      return
    }
    this.options.report('error', 'an upload failed', { error })
    const message = 'The workspace could not take the file; its log says why.'
    say({ type: 'error', code: 'INTERNAL_SERVER_ERROR', message })
    socket.close(CLOSE.failed)
  }
}

function parseRequest(message: string | Uint8Array): UploadRequest {
  const parsed = UploadRequest.safeParse(typeof message === 'string' ? parseJson(message) : undefined)
  if (!parsed.success) throw new UploadRefusal('BAD_REQUEST', 'The first message has to be a valid "upload".')
  if (parsed.data.size <= MOST_UPLOAD_BYTES) return parsed.data
  const most = `${MOST_UPLOAD_BYTES / 1_073_741_824} GiB`
  throw new UploadRefusal('BAD_REQUEST', `“${safeFileName(parsed.data.name)}” is larger than ${most}.`, {
    hint: 'Copy it with rsync or scp, which go on where they were cut off.',
  })
}

function refuseUnlessFits(piece: string | Uint8Array, mostBytes: number): asserts piece is Uint8Array {
  if (typeof piece === 'string') throw new UploadRefusal('BAD_REQUEST', 'Bytes of the file were to come.')
  // It would count as a sign of life, and hold the place of an upload for ever.
  if (piece.length === 0) throw new UploadRefusal('BAD_REQUEST', 'A piece of a file holds something.')
  if (piece.length > UPLOAD_PIECE_BYTES) throw new UploadRefusal('BAD_REQUEST', 'A file comes in pieces of 64 KiB.')
  if (piece.length > mostBytes) throw new UploadRefusal('BAD_REQUEST', 'More came than the file was said to hold.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
