import { oc } from '@orpc/contract'
import { z } from 'zod'

export const TemplateName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Small letters, digits and dashes.')

/** The `template` of a workspace that was made from an image by its name; no template can be called so. */
export const IMAGE_TEMPLATE = 'image'

/**
 * Where the names of all images begin that Berth itself makes. No registry can be of this name (RFC 6761, section 6.4), so
 * what is called so was made on the worker, never pulled.
 */
export const OWN_IMAGES = 'berth.invalid'

const isOwnImage = (reference: string): boolean => /^berth\.invalid[:/]/i.test(reference)

/**
 * An image as `docker pull` takes it: `[host[:port]/]path[:tag][@digest]` (the grammar of the distribution project). None of
 * Berth's own: those belong to their templates.
 */
export const ImageReference = z
  .string()
  .max(255)
  .regex(
    /^(?:(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::\d{1,5})?\/)?[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/,
    'Not the name of an image, such as node:24 or ghcr.io/owner/name:tag.',
  )
  .refine((reference) => !isOwnImage(reference), 'Images of templates are had by the name of their template.')

export const TemplateInfo = z.object({
  name: z.string(),
  description: z.string(),
  /** `berth`: comes with it. `config`: the user’s, of `templates` in config.json. */
  origin: z.enum(['berth', 'config']),
  /** What it is made from: an image, or a `Dockerfile` that is built when it is first needed. */
  kind: z.enum(['image', 'dockerfile']),
  /** For `image`: its name. */
  image: z.string().optional(),
  /** Why it cannot be used, in words. */
  problem: z.string().max(500).optional(),
})
export type TemplateInfo = z.infer<typeof TemplateInfo>

export const templates = {
  /** What workspaces can be made from on this worker: Berth's own first, then the user's. */
  list: oc.output(z.array(TemplateInfo)),
}
