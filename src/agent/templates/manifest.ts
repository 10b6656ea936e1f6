import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { TemplateName } from '../../contract/agent/templates.ts'
import type { Template } from './template.ts'

const Listed = z.strictObject({
  name: TemplateName,
  description: z.string(),
  /** Folder of its `Dockerfile`, beside the manifest. */
  image: z.string(),
  /** The template whose image it is built on. Absent: the worker's Debian. */
  from: TemplateName.optional(),
  /** Who works in it, and where the home volume goes. */
  user: z.string(),
  home: z.string().startsWith('/'),
})

const Manifest = z.object({
  templates: z.array(Listed).min(1),
  /** Folder of what an image gets on top where its workspace has Docker inside. */
  docker: z.string(),
})

export interface LoadedManifest {
  builtIn: Template[]
  /** Absolute. */
  dockerFolder: string
}

/** The templates that come with Berth. */
export async function loadManifest(resourcesDir: string): Promise<LoadedManifest> {
  const { templates, docker } = Manifest.parse(
    JSON.parse(await readFile(path.join(resourcesDir, 'manifest.json'), 'utf8')),
  )
  return {
    builtIn: templates.map(({ image, from, ...template }) => {
      const folder = path.join(resourcesDir, image)
      return { ...template, source: { kind: 'built-in', folder, ...(from === undefined ? {} : { from }) } }
    }),
    dockerFolder: path.join(resourcesDir, docker),
  }
}
