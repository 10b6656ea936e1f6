import { z } from 'zod'
import { RuntimeBoot, RuntimeReady, RuntimeRefusal } from '../../contract/runtime/boot.ts'
import { AgentError } from '../agent-error.ts'
import { plainWords } from '../engine/docker/translate.ts'
import type { Engine, ExecSession } from '../engine/engine.ts'
import { EngineFailure } from '../engine/errors.ts'
import { missingFor, RuntimeUnsupported } from './unsupported.ts'

/** A cold Node on a busy computer; a start that takes longer will not come. */
const BOOT_LIMIT_MS = 30_000
const KEPT_BYTES = 65_536

/**
 * Starts the runtime in a running container by one exec as root: the boot line goes over its standard input, the ready
 * line is its answer, and from then on it is on its own. Throws `RuntimeUnsupported`, or `AgentError` `ENGINE_ERROR` with
 * its words.
 */
export async function bootRuntime(
  engine: Engine,
  start: { containerId: string; command: readonly string[]; boot: RuntimeBoot },
): Promise<RuntimeReady> {
  const { containerId, command, boot } = start
  const stdin = `${JSON.stringify(RuntimeBoot.parse(boot))}\n`
  const session = await engine.containers
    .exec(containerId, { command, user: '0:0', stdin })
    .catch(async (error: unknown) => {
      throw (await asUnsupported(engine, start, error)) ?? error
    })
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new AgentError('ENGINE_ERROR', 'The runtime did not start in 30 seconds.', HINT)),
      BOOT_LIMIT_MS,
    )
  })
  try {
    return await Promise.race([readAnswer(session), limit])
  } catch (error) {
    throw (await asUnsupported(engine, start, error)) ?? error
  } finally {
    clearTimeout(timer)
    session.close()
  }
}

const HINT = { hint: 'Restart the workspace. If this goes on, look at its log.' }

async function readAnswer(session: ExecSession): Promise<RuntimeReady> {
  let stdout = ''
  let stderr = ''
  for await (const { stream, bytes } of session.output) {
    const text = Buffer.from(bytes).toString('utf8')
    if (stream === 'stderr') stderr = (stderr + text).slice(-KEPT_BYTES)
    else stdout = (stdout + text).slice(-KEPT_BYTES)
    const end = stdout.indexOf('\n')
    if (end >= 0) return parseAnswer(stdout.slice(0, end))
  }
  const exitCode = await session.exitCode().catch(() => undefined)
  const said = stderr || stdout
  const words = plainWords(said)
  const reason = words === '' ? '' : `: ${words}`
  throw new EndedEarly(`The runtime ended before it was ready (exit code ${exitCode ?? 'unknown'})${reason}`, said)
}

/** The program ended without an answer; `said` is what it, the loader or the kernel had to say. */
class EndedEarly extends AgentError {
  readonly said: string

  constructor(message: string, said: string) {
    super('ENGINE_ERROR', message, HINT)
    this.name = 'EndedEarly'
    this.said = said
  }
}

async function asUnsupported(
  engine: Engine,
  { containerId, command: [program = ''] }: { containerId: string; command: readonly string[] },
  error: unknown,
): Promise<RuntimeUnsupported | undefined> {
  const said = error instanceof EndedEarly ? error.said : error instanceof EngineFailure ? error.message : ''
  const missing = missingFor(said)
  if (missing === undefined) return undefined
  // Where the program itself is not there, it is the volume that lacks something.
  const isThere = await engine.containers.hasPath(containerId, program).catch(() => false)
  return isThere ? new RuntimeUnsupported(missing) : undefined
}

const Answer = z.union([RuntimeReady, RuntimeRefusal])

function parseAnswer(line: string): RuntimeReady {
  const parsed = Answer.safeParse(parseJson(line))
  if (!parsed.success)
    throw new AgentError(
      'ENGINE_ERROR',
      `The runtime said something else than that it is ready: ${plainWords(line)}`,
      HINT,
    )
  if (parsed.data.ready) return parsed.data
  const { message, hint } = parsed.data
  throw new AgentError('ENGINE_ERROR', message, hint === undefined ? HINT : { hint })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
