import type { Logger } from 'pino'
import { AgentError } from '../../agent-error.ts'
import { plainWords } from '../docker/translate.ts'
import type { Engine } from '../engine.ts'
import { ImageMissing } from '../errors.ts'
import { LOCAL_DEBIAN, localDebianProblem, makeLocalDebian } from './local-debian.ts'
import type { Waiter } from './shared-build.ts'

const DEFAULT_BASE_IMAGE = 'debian:bookworm-slim'

interface BaseImageDeps {
  baseImage: string | undefined
  log: Logger
}

/** What Berth's templates are built from: here already, pulled, or where no registry gives it, made on this computer. */
export async function ensureBaseImage(
  { baseImage = DEFAULT_BASE_IMAGE, log }: BaseImageDeps,
  engine: Engine,
  waiter: Waiter,
): Promise<string> {
  if ((await engine.images.find(baseImage)) !== undefined) return baseImage
  try {
    waiter.onProgress({ percent: undefined, detail: `Pulling ${baseImage}` })
    await engine.images.pull(baseImage, waiter)
    return baseImage
  } catch (error) {
    if (!(error instanceof ImageMissing)) throw error
    log.warn({ err: error, image: baseImage }, 'the base image could not be pulled')
    if ((await engine.images.find(LOCAL_DEBIAN)) !== undefined) return LOCAL_DEBIAN
    await refuseUnlessMakeable(baseImage, error)
  }
  log.warn(
    `${baseImage} could not be pulled: making a Debian of this computer’s own with debootstrap, as ${LOCAL_DEBIAN}`,
  )
  await makeLocalDebian(engine, waiter)
  return LOCAL_DEBIAN
}

async function refuseUnlessMakeable(baseImage: string, cause: ImageMissing): Promise<void> {
  const problem = await localDebianProblem()
  if (problem === undefined) return
  throw new AgentError('ENGINE_ERROR', `The image ${baseImage} could not be pulled: ${plainWords(cause.message)}`, {
    hint: `Look at this computer’s connection to the registry, or name an image that it has as engine.baseImage in config.json. (${problem})`,
    cause,
  })
}
