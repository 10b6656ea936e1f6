import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PROJECT_FOLDER, say } from '../setup/project.mjs'
import { runTool } from '../tool.ts'
import { digestOf } from './inputs.ts'
import { linkCommand } from './link-command.ts'
import { BUILD_PARTS, type BuildPart } from './parts.ts'

/** A part did not build; the message holds what its tool said. */
export class BuildFailed extends Error {
  constructor(part: BuildPart, output: string) {
    super(`Building ${part.title} failed:\n\n${output.trim()}`)
    this.name = 'BuildFailed'
  }
}

/**
 * Builds the named parts (all, where none is named) of which anything has changed since they were last built, and says so
 * for each. Throws `BuildFailed`.
 */
export async function build(names: readonly string[] = []): Promise<void> {
  const parts = BUILD_PARTS.filter((part) => names.length === 0 || names.includes(part.name))
  for (const part of parts) await buildPart(part)
  if (parts.some((part) => part.name === 'cli')) await linkCommand()
}

async function buildPart(part: BuildPart): Promise<void> {
  const stamp = path.join(PROJECT_FOLDER, '.cache/build', part.name)
  const digest = await digestOf(PROJECT_FOLDER, part.inputs)
  if (isBuilt(part) && (await readFile(stamp, 'utf8').catch(() => '')) === digest) return
  say(`Building ${part.title} …`)
  // A build that is cut short leaves no stamp, and is made again.
  await rm(stamp, { force: true })
  const { code, output } = await runTool(part.tool, part.args)
  if (code !== 0 || !isBuilt(part)) throw new BuildFailed(part, output)
  await mkdir(path.dirname(stamp), { recursive: true })
  await writeFile(stamp, digest)
}

function isBuilt(part: BuildPart): boolean {
  return part.outputs.every((file) => existsSync(path.join(PROJECT_FOLDER, file)))
}
