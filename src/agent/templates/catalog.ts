import { IMAGE_TEMPLATE, type TemplateInfo } from '../../contract/agent/templates.ts'
import { AgentError } from '../agent-error.ts'
import { type OwnTemplates, problemOf, toTemplates } from './own-templates.ts'
import type { Template } from './template.ts'

/** What a workspace is made from when nothing is said. */
export const DEFAULT_TEMPLATE = 'base'

export interface CatalogDeps {
  builtIn: readonly Template[]
  /** Of what goes on top of one of Berth's where Docker is wanted inside. */
  dockerFolder: string
  /** `templates` of the configuration as it is now. */
  own: () => OwnTemplates
  configDir: string
  homeDir: string
}

/** The templates of this worker: Berth's own, and the user's, which never take the place of one of Berth's. */
export class TemplateCatalog {
  readonly #deps: CatalogDeps
  readonly #taken: ReadonlySet<string>

  constructor(deps: CatalogDeps) {
    this.#deps = deps
    this.#taken = new Set([IMAGE_TEMPLATE, ...deps.builtIn.map(({ name }) => name)])
  }

  get dockerFolder(): string {
    return this.#deps.dockerFolder
  }

  find(name: string): Template | undefined {
    const { builtIn } = this.#deps
    return (
      builtIn.find((one) => one.name === name) ?? this.#own().find((one) => one.name === name && !this.#taken.has(name))
    )
  }

  /** Throws `AgentError` `BAD_REQUEST` naming those that exist. */
  get(name: string): Template {
    const template = this.find(name)
    if (template !== undefined) return template
    const usable = this.list().filter(({ problem }) => problem === undefined)
    throw new AgentError('BAD_REQUEST', `There is no template ${name}.`, {
      hint: `Templates of this worker: ${usable.map((one) => one.name).join(', ')}.`,
    })
  }

  /** What the workspace of this record is made from: its template, or the image that was asked for by its name. */
  of(record: { template: string; image?: string | undefined }): Template {
    return this.findOf(record) ?? this.get(record.template)
  }

  /** As `of`; undefined where its template is gone. */
  findOf({ template, image }: { template: string; image?: string | undefined }): Template | undefined {
    if (template !== IMAGE_TEMPLATE || image === undefined) return this.find(template)
    return { name: IMAGE_TEMPLATE, description: '', source: { kind: 'image', reference: image } }
  }

  list(): TemplateInfo[] {
    const builtIn = this.#deps.builtIn.map((template) => toInfo(template, undefined))
    return [...builtIn, ...this.#own().map((template) => toInfo(template, problemOf(template, this.#taken)))]
  }

  #own(): Template[] {
    return toTemplates(this.#deps.own(), this.#deps)
  }
}

function toInfo({ name, description, source }: Template, problem: string | undefined): TemplateInfo {
  return {
    name,
    description,
    origin: source.kind === 'built-in' ? 'berth' : 'config',
    kind: source.kind === 'image' ? 'image' : 'dockerfile',
    ...(source.kind === 'image' ? { image: source.reference } : {}),
    ...(problem === undefined ? {} : { problem }),
  }
}
