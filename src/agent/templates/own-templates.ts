import { statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { ImageReference, TemplateName } from '../../contract/agent/templates.ts'
import { Resources } from '../../contract/agent/workspace.ts'
import type { Template } from './template.ts'

const LONGEST_SCRIPT = 65_536

/** One of `templates` in `config.json`. */
const OwnTemplate = z
  .strictObject({
    description: z.string().max(200).optional(),
    image: ImageReference.optional(),
    /** With a `Dockerfile`; `~` is the home folder, and what is relative is so to the folder of `config.json`. */
    folder: z.string().min(1).max(4096).optional(),
    resources: z.strictObject(Resources.partial().shape).optional(),
    startScript: z.string().max(LONGEST_SCRIPT).optional(),
  })
  .refine(({ image, folder }) => (image === undefined) !== (folder === undefined), 'Needs either image or folder.')

/** The user's templates by their names. */
export const OwnTemplates = z.record(TemplateName, OwnTemplate)
export type OwnTemplates = z.infer<typeof OwnTemplates>

/** The user's templates, with absolute folders. */
export function toTemplates(own: OwnTemplates, places: { configDir: string; homeDir: string }): Template[] {
  return Object.entries(own).map(([name, { description = '', image, folder = '', resources, startScript }]) => ({
    name,
    description,
    source:
      image === undefined ? { kind: 'folder', folder: absolute(folder, places) } : { kind: 'image', reference: image },
    ...(resources === undefined ? {} : { resources }),
    ...(startScript === undefined ? {} : { startScript }),
  }))
}

function absolute(folder: string, { configDir, homeDir }: { configDir: string; homeDir: string }): string {
  if (folder === '~' || folder.startsWith('~/')) return path.join(homeDir, folder.slice(1))
  return path.resolve(configDir, folder)
}

/** Why a template of the user's cannot be used, as far as can be seen without an engine; undefined when it can. */
export function problemOf({ name, source }: Template, taken: ReadonlySet<string>): string | undefined {
  if (taken.has(name))
    return `${name} is the name of a template of Berth’s own, which is used. Give yours another name.`
  if (source.kind !== 'folder') return undefined
  const file = statSync(path.join(source.folder, 'Dockerfile'), { throwIfNoEntry: false })
  return file?.isFile() === true ? undefined : 'Its folder has no Dockerfile.'
}
