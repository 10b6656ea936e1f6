import { z } from 'zod'

/** One line of what the engine answers while it builds, pulls or imports an image. */
export const ImageMessage = z.object({
  stream: z.string().optional(),
  status: z.string().optional(),
  id: z.string().optional(),
  error: z.string().optional(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).optional(),
})
export type ImageMessage = z.output<typeof ImageMessage>
