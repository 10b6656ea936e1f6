import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { loadPtyBinding, type PtyBinding } from './pty/native.ts'

const Manifest = z.object({ version: z.string(), digest: z.string() })
/** Of the digest so much tells two builds apart, as it does in the names of their folders. */
const BUILD_DIGITS = 12

/** The runtime that runs, as it lies in its folder. */
export interface Installed {
  version: string
  /** Tells it from others of the same version. */
  build: string
  binding: PtyBinding
  /** File of the thread that builds screens. */
  screenProgram: string
}

/** Reads what belongs to the runtime in `folder`. Throws where that is not whole. */
export function readInstalled(folder: string): Installed {
  const { version, digest } = Manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))
  return {
    version,
    build: digest.slice(0, BUILD_DIGITS),
    binding: loadPtyBinding(join(folder, 'pty.node')),
    screenProgram: join(folder, 'screens.cjs'),
  }
}
