import { createHash } from 'node:crypto'
import { ownImage } from '../../../domain/engine-names.ts'
import type { Template } from '../../templates/template.ts'
import { type BuildContext, readBuildContext } from './context.ts'

/** One image on the way to that of a template. */
export interface Layer {
  /** As a person calls it. */
  name: string
  reference: string
  context: BuildContext
  /** The image that it is built on, by the build argument `BASE_IMAGE`: another layer's, the worker's Debian, or as its Dockerfile says. */
  on: { kind: 'layer'; reference: string } | { kind: 'worker' } | { kind: 'dockerfile' }
  /** Whether it comes with Berth: a Dockerfile of the user's is never given this computer's network. */
  isOurs: boolean
}

/** A template, and what its workspace needs beside what the template has. */
export interface Wanted {
  template: Template
  hasDocker: boolean
}

export interface LayerSources {
  /** Of what goes on top where Docker is wanted inside. */
  dockerFolder: string
  find(name: string): Template | undefined
}

/**
 * The images that a template's is built of, the first one first; none for a template that is an image. The reference of
 * each changes with its own files and with those of what it is built on. Where Docker is wanted inside, Berth's own get an
 * engine on top; others have to have their own.
 */
export async function layersOf({ template, hasDocker }: Wanted, sources: LayerSources): Promise<Layer[]> {
  const layers = await ownLayers(template, sources)
  if (!hasDocker || template.source.kind !== 'built-in') return layers
  const context = await readBuildContext(sources.dockerFolder)
  return [...layers, layerOn(layers.at(-1), { name: `${template.name}-docker`, context })]
}

async function ownLayers({ name, source }: Template, sources: LayerSources): Promise<Layer[]> {
  if (source.kind === 'image') return []
  const context = await readBuildContext(source.folder)
  if (source.kind === 'folder') {
    return [{ name, context, reference: ownImage(name, context.digest), on: { kind: 'dockerfile' }, isOurs: false }]
  }
  const parent = source.from === undefined ? undefined : sources.find(source.from)
  const below = parent === undefined ? [] : await ownLayers(parent, sources)
  return [...below, layerOn(below.at(-1), { name, context })]
}

function layerOn(below: Layer | undefined, { name, context }: { name: string; context: BuildContext }): Layer {
  if (below === undefined) {
    return { name, context, reference: ownImage(name, context.digest), on: { kind: 'worker' }, isOurs: true }
  }
  const digest = createHash('sha256').update(`${below.reference}\0${context.digest}`).digest('hex').slice(0, 12)
  const on = { kind: 'layer', reference: below.reference } as const
  return { name, context, reference: ownImage(name, digest), on, isOurs: true }
}
