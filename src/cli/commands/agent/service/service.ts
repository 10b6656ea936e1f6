import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { CliFailure } from '../../../cli-failure.ts'
import { replaceFile } from '../../../replace-file.ts'
import type { Systemd, UnitState } from './systemd.ts'
import { UNIT_MARK } from './unit.ts'

/** A unit of ours, where it lies, and the systemd that runs it. */
export interface ServiceDeps {
  unitFile: string
  systemd: Systemd
}

export type ServiceState =
  | { installed: false }
  | ({ installed: true; unitFile: string; lastsWithoutLogin: boolean } & UnitState)

/** Writes the unit and has systemd run it; twice is as once. Throws `CliFailure` where the file is somebody else's. */
export async function installService(
  { unitFile, systemd }: ServiceDeps,
  text: string,
): Promise<'changed' | 'unchanged'> {
  const before = await readOwnUnit(unitFile)
  const change = before === text ? 'unchanged' : 'changed'
  if (change === 'changed') await writeUnit(unitFile, text)
  await systemd.start(change)
  return change
}

/** Stops the service and removes its unit. False where there is none. Throws `CliFailure` where the file is not ours. */
export async function uninstallService({ unitFile, systemd }: ServiceDeps): Promise<boolean> {
  if ((await readOwnUnit(unitFile)) === undefined) return false
  await systemd.stop()
  await rm(unitFile)
  await systemd.reload()
  return true
}

export async function serviceState({ unitFile, systemd }: ServiceDeps): Promise<ServiceState> {
  if ((await readUnit(unitFile)) === undefined) return { installed: false }
  return { installed: true, unitFile, ...(await systemd.state()), lastsWithoutLogin: await systemd.lastsWithoutLogin() }
}

async function readOwnUnit(file: string): Promise<string | undefined> {
  const text = await readUnit(file)
  if (text === undefined || text.startsWith(UNIT_MARK)) return text
  throw new CliFailure(`${file} is not of “ws agent install”, and is left as it is.`, {
    code: 'CONFLICT',
    hint: 'Move it away if you do not need it, then try again.',
  })
}

async function readUnit(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw unwritable(file, error)
  }
}

async function writeUnit(file: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true })
    await replaceFile(file, text, 0o644)
  } catch (error) {
    throw unwritable(file, error)
  }
}

function unwritable(file: string, error: unknown): CliFailure {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
  return new CliFailure(`${file} cannot be read or written${code}.`, {
    hint: 'A service of the system needs root: sudo ws agent install --system',
  })
}
