import type Docker from 'dockerode'
import { z } from 'zod'
import type { EngineVolumes, Volume } from '../engine.ts'
import { dialJson, dialParsed, LIMIT, unlessNotFound } from './dial.ts'

const Described = z
  .object({
    Name: z.string(),
    Labels: z.record(z.string(), z.string()).nullish(),
    CreatedAt: z.string().optional(),
  })
  .transform((volume): Volume => ({ name: volume.Name, labels: volume.Labels ?? {}, createdAt: volume.CreatedAt }))
const Listed = z.object({ Volumes: z.array(Described).nullish() })

export function dockerVolumes(docker: Docker): EngineVolumes {
  const at = (name: string): string => `/volumes/${encodeURIComponent(name)}`
  const find = (name: string): Promise<Volume | undefined> =>
    unlessNotFound(dialParsed(docker, { method: 'GET', path: at(name), schema: Described }))
  return {
    find,
    create: async (name, labels) => {
      const volume = await dialParsed(docker, {
        method: 'POST',
        path: '/volumes/create',
        body: { Name: name, Labels: labels },
        timeoutMs: LIMIT.change,
        schema: Described,
      })
      // Engine 20.10 answers without the labels of a volume that it has had since before its own start (moby's volume store
      // finds it by its driver alone): asked for by its name, it knows them.
      return Object.keys(volume.labels).length > 0 ? volume : ((await find(name)) ?? volume)
    },
    remove: async (name) => {
      await unlessNotFound(dialJson(docker, { method: 'DELETE', path: at(name), timeoutMs: LIMIT.change }))
    },
    list: async (labels) => {
      const filters = JSON.stringify({ label: Object.entries(labels).map(([key, value]) => `${key}=${value}`) })
      const found = await dialParsed(docker, { method: 'GET', path: '/volumes', query: { filters }, schema: Listed })
      return found.Volumes ?? []
    },
  }
}
