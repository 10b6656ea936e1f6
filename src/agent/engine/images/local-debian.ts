import { access, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { ownImage } from '../../../domain/engine-names.ts'
import type { Engine } from '../engine.ts'
import { EngineFailure } from '../errors.ts'
import { copyAptSources, mirrorFrom } from './apt-sources.ts'
import { runProgram } from './run-program.ts'
import type { Waiter } from './shared-build.ts'

const SUITE = 'bookworm'
/** The Debian that this computer makes itself where no registry gives one. */
export const LOCAL_DEBIAN = ownImage('debian', SUITE)

/** Why a Debian cannot be made on this computer, in words; undefined when it can. */
export async function localDebianProblem(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'A Debian of one’s own can be made on Debian and Ubuntu only.'
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  if (!/^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(release)) {
    return 'A Debian of one’s own can be made on Debian and Ubuntu only.'
  }
  if (process.geteuid?.() !== 0) return 'As root, Berth would make a Debian of this computer’s own instead.'
  return undefined
}

/**
 * Makes a minimal Debian with debootstrap (which it installs where it is missing) and gives it to the engine, with the
 * package sources of this computer, so that apt works in workspaces wherever it works here.
 */
export async function makeLocalDebian(
  engine: Engine,
  { onProgress, signal }: Waiter,
  reference: string = LOCAL_DEBIAN,
): Promise<void> {
  const say = (detail: string, percent?: number): void =>
    onProgress({ percent, detail: `No registry gives ${SUITE}; making a Debian here: ${detail}`.slice(0, 200) })
  say('looking for debootstrap', 0)
  await ensureDebootstrap(say, signal)
  const root = await mkdtemp(path.join(tmpdir(), 'berth-debian-'))
  try {
    const onLine = (line: string): void => say(line.replace(/^[IWP]: /, ''))
    const command = ['debootstrap', '--variant=minbase', SUITE, root, await mirrorFrom(SUITE)]
    await runProgram(command, { signal, onLine })
    await copyAptSources({ root, suite: SUITE })
    say('giving it to the engine', 90)
    await importFolder(root, signal, (tar) => engine.images.importRoot(tar, { reference, changes: ['CMD ["bash"]'] }))
  } catch (error) {
    if (signal.aborted) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw error instanceof EngineFailure
      ? error
      : new EngineFailure(0, `A Debian could not be made here: ${reason}`, error)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function ensureDebootstrap(say: (detail: string) => void, signal: AbortSignal): Promise<void> {
  const isThere = await access('/usr/sbin/debootstrap').then(
    () => true,
    () => false,
  )
  if (isThere) return
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  say('apt-get update')
  await runProgram(['apt-get', 'update', '-qq'], { signal, environment })
  say('apt-get install debootstrap')
  const packages = ['debootstrap', 'debian-archive-keyring']
  await runProgram(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages], { signal, environment })
}

async function importFolder(root: string, signal: AbortSignal, take: (tar: Readable) => Promise<void>): Promise<void> {
  const lists = [
    '--exclude=./var/lib/apt/lists/*',
    '--exclude=./var/cache/apt/archives/*.deb',
    '--exclude=./var/log/*.log',
  ]
  await runProgram(['tar', '-C', root, ...lists, '-c', '.'], {
    signal,
    consume: take,
  })
}
