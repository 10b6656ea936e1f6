import { closeSync, openSync, writeSync } from 'node:fs'
import type { RuntimeReady, RuntimeRefusal } from '../../contract/runtime/boot.ts'

/** Prints the one line that the agent waits for. A reader that has gone is no reason to stop. */
export function announce(line: RuntimeReady | RuntimeRefusal): void {
  try {
    writeSync(1, `${JSON.stringify(line)}\n`)
  } catch {
    // The agent went away; it will ask the port.
  }
}

/** Lets go of the exec's streams, so that the engine sees them end while the runtime goes on. */
export function releaseStandardStreams(): void {
  for (const fd of [0, 1, 2]) {
    closeSync(fd)
    // The lowest free descriptor is the one just closed: none of the three is ever another file.
    openSync('/dev/null', fd === 0 ? 'r' : 'w')
  }
}
