import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { needsDisplay } from './machine.ts'

export interface Display {
  /** Value of `DISPLAY`; undefined where the system has a display of its own. */
  readonly name: string | undefined
  close(): Promise<void>
}

/** A display for the desktop app where there is none: an X server without a screen, larger than any window here. */
export async function openDisplay(): Promise<Display> {
  if (!needsDisplay()) return { name: undefined, close: () => Promise.resolve() }
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '2560x1440x24', '-nolisten', 'tcp'], {
    // It reports every display number that is taken before it finds a free one.
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const [chunk] = (await once(server.stdio[3] as Readable, 'data')) as [Buffer]
  return {
    name: `:${chunk.toString().trim()}`,
    close: async () => {
      const ended = once(server, 'exit')
      server.kill()
      await ended
    },
  }
}
