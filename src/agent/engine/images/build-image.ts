import type { Readable } from 'node:stream'
import { AgentError } from '../../agent-error.ts'
import type { BuildNetwork, Engine, Progress } from '../engine.ts'
import { BuildFailed } from '../errors.ts'
import { failureWords, saysNoNetwork } from './build-words.ts'
import type { Waiter } from './shared-build.ts'

/** The networks on which builds of ours are tried, in this order: the engine's for containers, then this computer's. */
export const OUR_BUILD_NETWORKS: readonly BuildNetwork[] = ['default', 'host']

export interface ImageRecipe {
  /** The template, as a person calls it. */
  name: string
  tag: string
  context: () => Readable
  buildArgs: Record<string, string>
  labels: Record<string, string>
  networks: readonly BuildNetwork[]
}

/**
 * Builds an image; where a build could not reach a server from the first network, once more on the next, and says so: in
 * containers behind a VPN, a firewall or a sandbox nothing may be reached that this computer itself reaches. Throws
 * `AgentError` with what the failing program said. Resolves with the network that served.
 */
export async function buildImage(engine: Engine, recipe: ImageRecipe, waiter: Waiter): Promise<BuildNetwork> {
  const { networks, context, tag, buildArgs, labels } = recipe
  let note: string | undefined
  for (const [index, network] of networks.entries()) {
    const { signal, onLine = () => undefined } = waiter
    const build = { context: context(), tag, buildArgs, labels, network, signal, onLine }
    try {
      await engine.images.build({ ...build, onProgress: noted(note, waiter.onProgress) })
      return network
    } catch (error) {
      const mayHelp = error instanceof BuildFailed && index + 1 < networks.length && saysNoNetwork(error.output)
      if (!mayHelp) throw asAgentError(recipe.name, error)
      note = 'Containers reach no server; building on this computer’s network'
      waiter.onProgress({ percent: undefined, detail: `${note} (${failureWords(error.output)})` })
    }
  }
  throw new AgentError('ENGINE_ERROR', `There is no network to build the template ${recipe.name} on.`)
}

function noted(note: string | undefined, tell: (progress: Progress) => void): (progress: Progress) => void {
  if (note === undefined) return tell
  return ({ percent, detail }) => tell({ percent, detail: `${note}: ${detail}` })
}

function asAgentError(name: string, error: unknown): unknown {
  if (!(error instanceof BuildFailed)) return error
  const words = failureWords(error.output)
  const message = `The image of the template ${name} could not be built: ${words === '' ? error.message : words}`
  const hint = saysNoNetwork(error.output)
    ? 'Something in it could not reach a server. Look at this computer’s connection (VPN, firewall, proxy), then start the workspace to try again.'
    : 'Its log has the output of the build. Start the workspace to try again.'
  return new AgentError('ENGINE_ERROR', message, { hint, cause: error })
}
