import { AgentError } from '../../agent-error.ts'
import { plainWords } from '../docker/translate.ts'
import type { Engine } from '../engine.ts'
import { ImageMissing } from '../errors.ts'
import type { Waiter } from './shared-build.ts'

/** Pulls an image that the worker does not have. Throws `AgentError` saying what the registry said. */
export async function pullImage(engine: Engine, reference: string, waiter: Waiter): Promise<string> {
  waiter.onProgress({ percent: undefined, detail: `Pulling ${reference}` })
  try {
    await engine.images.pull(reference, {
      ...waiter,
      onProgress: ({ percent, detail }) => waiter.onProgress({ percent, detail: `Pulling ${reference}: ${detail}` }),
    })
    return reference
  } catch (error) {
    if (!(error instanceof ImageMissing)) throw error
    const said = plainWords(error.message)
    throw new AgentError('ENGINE_ERROR', `This worker has no image ${reference}, and it could not be pulled: ${said}`, {
      hint: 'Look at its name, and whether this computer reaches its registry and is signed in there. An image from elsewhere can be brought with docker load.',
      cause: error,
    })
  }
}
