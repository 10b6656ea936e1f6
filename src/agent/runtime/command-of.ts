import { RUNTIME_MOUNT } from '../../contract/runtime/api.ts'
import type { RuntimeStamp } from './behind.ts'
import type { RuntimeBundle } from './bundle.ts'

/** Of folders in the volume. What a runtime says of itself becomes a path that root runs: it leads nowhere else. */
const FOLDER = /^\w[\w.+-]{0,100}-[0-9a-f]{12}$/

/**
 * Argv that starts `runtime` from its folder in the volume, as `ours` is started from its own; nothing where it has none. That
 * folder was mounted to be read alone, and is written by agents.
 */
export function commandOf(
  { version, build = '' }: RuntimeStamp,
  ours: Pick<RuntimeBundle, 'folder' | 'command'>,
): string[] | undefined {
  const folder = `${version}-${build}`
  if (!FOLDER.test(folder)) return undefined
  const own = `${RUNTIME_MOUNT}/${ours.folder}/`
  return ours.command.map((word) =>
    word.startsWith(own) ? `${RUNTIME_MOUNT}/${folder}/${word.slice(own.length)}` : word,
  )
}
