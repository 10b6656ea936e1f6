import type Docker from 'dockerode'
import { z } from 'zod'
import type { EngineNetworks } from '../engine.ts'
import { EngineFailure, NameTaken } from '../errors.ts'
import { dialJson, dialParsed, LIMIT, unlessNotFound } from './dial.ts'

const Described = z.object({ Id: z.string(), Name: z.string(), Labels: z.record(z.string(), z.string()).nullish() })
const Listed = z.array(Described)

export function dockerNetworks(docker: Docker): EngineNetworks {
  return {
    find: async (name) => {
      const path = `/networks/${encodeURIComponent(name)}`
      const found = await unlessNotFound(dialParsed(docker, { method: 'GET', path, schema: Described }))
      return found === undefined ? undefined : { id: found.Id, labels: found.Labels ?? {} }
    },
    remove: async (name) => {
      const path = `/networks/${encodeURIComponent(name)}`
      await unlessNotFound(dialJson(docker, { method: 'DELETE', path, timeoutMs: LIMIT.change }))
    },
    rejoin: async (name, containerId) => {
      const at = `/networks/${encodeURIComponent(name)}`
      const leave = { Container: containerId, Force: true }
      await dialJson(docker, { method: 'POST', path: `${at}/disconnect`, body: leave, timeoutMs: LIMIT.change })
      const join = { Container: containerId }
      await dialJson(docker, { method: 'POST', path: `${at}/connect`, body: join, timeoutMs: LIMIT.change })
    },
    list: async (labels) => {
      const filters = JSON.stringify({ label: Object.entries(labels).map(([key, value]) => `${key}=${value}`) })
      const found = await dialParsed(docker, { method: 'GET', path: '/networks', query: { filters }, schema: Listed })
      return found.map((one) => ({ name: one.Name, labels: one.Labels ?? {} }))
    },
    createIsolated: async (name, labels) => {
      const body = {
        Name: name,
        CheckDuplicate: true,
        Driver: 'bridge',
        Labels: labels,
        // The host reaches each container, containers do not reach each other.
        Options: { 'com.docker.network.bridge.enable_icc': 'false' },
      }
      try {
        await dialJson(docker, { method: 'POST', path: '/networks/create', body, timeoutMs: LIMIT.change })
      } catch (error) {
        const isTaken = error instanceof EngineFailure && error.status === 409
        throw isTaken ? new NameTaken(error.message, error) : error
      }
    },
  }
}
