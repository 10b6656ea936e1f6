import type { Engine } from '../engine/engine.ts'
import type { Wanted } from '../engine/images/layers.ts'
import type { Waiter } from '../engine/images/shared-build.ts'
import type { WorkspaceRecord } from '../store/records.ts'
import type { WorkspaceDeps } from './deps.ts'

/** What the image of a workspace is made of. Throws `AgentError` where its template is gone. */
export function wantedOf(deps: Pick<WorkspaceDeps, 'templates'>, record: WorkspaceRecord): Wanted {
  return { template: deps.templates.of(record), hasDocker: record.docker !== undefined }
}

/** One who waits for an image, and has all that its build prints in the log of the workspace. */
export function imageWaiter(deps: Pick<WorkspaceDeps, 'journal'>, workspaceId: string, waiter: Waiter): Waiter {
  return { ...waiter, onLine: (line) => deps.journal.write(workspaceId, 'build', line) }
}

/**
 * Finds out which workspaces are made from another image than their template would give now. Of an image by its name nobody
 * knows without asking its registry: it counts as current.
 */
export async function noteOutdated(
  deps: Pick<WorkspaceDeps, 'registry' | 'templates' | 'images' | 'log'>,
): Promise<void> {
  for (const entry of deps.registry.all()) {
    const { image, name } = entry.record
    const template = deps.templates.findOf(entry.record)
    if (image === undefined || template === undefined || template.source.kind === 'image') continue
    try {
      const current = await deps.images.referenceOf({ template, hasDocker: entry.record.docker !== undefined })
      deps.registry.note(entry, { record: { isOutdated: image === current ? undefined : true } })
    } catch (error) {
      deps.log.warn({ err: error, workspace: name }, 'the template of a workspace could not be read')
    }
  }
}

/** Removes images of templates that this agent has built and that nobody needs any more. Never rejects. */
export async function collectImages(
  deps: Pick<WorkspaceDeps, 'templates' | 'images' | 'log'>,
  engine: Engine,
): Promise<void> {
  try {
    const kept = new Set<string>()
    for (const { name } of deps.templates.list()) {
      const template = deps.templates.find(name)
      if (template === undefined) continue
      for (const hasDocker of [false, true]) kept.add(await deps.images.referenceOf({ template, hasDocker }))
    }
    await deps.images.collect(engine, kept)
  } catch (error) {
    // A folder that cannot be read now may be there later: nothing is removed.
    deps.log.warn({ err: error }, 'images that nobody needs could not be removed')
  }
}
