import type { Progress } from '../engine.ts'
import type { ImageMessage } from './image-message.ts'

const DETAIL_LENGTH = 200

/** Reads the builder's "Step 2/5 : RUN …" and the output of the step; the share done counts steps that are over. */
export function buildProgress(onProgress: (progress: Progress) => void): (message: ImageMessage) => void {
  let percent: number | undefined
  return ({ stream, status }) => {
    const text = (stream ?? status ?? '').trim()
    if (text === '' || text.startsWith('--->')) return
    const step = /^Step (\d+)\/(\d+) : ([\s\S]*)/.exec(text)
    if (step !== null) {
      percent = Math.round(((Number(step[1]) - 1) / Number(step[2])) * 100)
      onProgress({ percent, detail: oneLine(`Step ${step[1]} of ${step[2]}: ${step[3]}`) })
      return
    }
    onProgress({ percent, detail: oneLine(text.split('\n').at(-1) ?? '') })
  }
}

/** The lines of one message of a builder, plain. */
export function linesOf({ stream, status }: ImageMessage): string[] {
  const lines = (stream ?? status ?? '').replace(ESCAPE_SEQUENCE, '').split(/\r?\n|\r/)
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '')
}

/** Adds up the layers of a pull; the share done is of the bytes that are known so far. */
export function pullProgress(onProgress: (progress: Progress) => void): (message: ImageMessage) => void {
  const layers = new Map<string, { current: number; total: number }>()
  return ({ id, status, progressDetail }) => {
    const total = progressDetail?.total
    if (id !== undefined && total !== undefined && status === 'Downloading') {
      layers.set(id, { current: progressDetail?.current ?? 0, total })
    }
    const finished = id === undefined ? undefined : layers.get(id)
    if (finished !== undefined && /complete/i.test(status ?? '')) finished.current = finished.total
    let done = 0
    let all = 0
    for (const layer of layers.values()) {
      done += layer.current
      all += layer.total
    }
    const percent = all === 0 ? undefined : Math.min(100, Math.round((done / all) * 100))
    onProgress({ percent, detail: oneLine(status ?? 'Pulling') })
  }
}

/** Builders colour their output; escape sequences say nothing on a screen of ours. */
const ESCAPE_SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g')

function oneLine(text: string): string {
  const plain = text.replace(ESCAPE_SEQUENCE, '').replace(/\s+/g, ' ').trim()
  return plain.length <= DETAIL_LENGTH ? plain : `${plain.slice(0, DETAIL_LENGTH - 1)}…`
}
