import type { CreateWorkspace, DockerMode, RuntimeStatus } from '../../contract/agent/workspace.ts'
import { AgentError } from '../agent-error.ts'
import { ROOT_HINT } from '../auth/root-access.ts'
import { plainWords } from '../engine/docker/translate.ts'
import type { Engine, EngineFacts, ExecSession } from '../engine/engine.ts'

/** Who asks for a workspace. */
export interface Asker {
  /** Whether it may have what makes it root on the worker. */
  mayBecomeRoot: boolean
}

/**
 * How a workspace gets an engine of its own on this one; undefined where none was asked for. Sysbox goes first, for it gives
 * nothing away. Throws `AgentError`: `BAD_REQUEST` where what was asked for cannot work here, `FORBIDDEN` where it is not for
 * who asks.
 */
export function dockerModeFor(
  asked: CreateWorkspace['docker'],
  facts: EngineFacts,
  { mayBecomeRoot }: Asker,
): DockerMode | undefined {
  if (asked === undefined || asked === false) return undefined
  if (asked === 'sysbox' || (asked === true && facts.hasSysbox)) {
    if (facts.hasSysbox) return 'sysbox'
    throw new AgentError('BAD_REQUEST', 'The engine of this worker has no Sysbox.', {
      hint: 'Install it (its runtime is called sysbox-runc), or ask for privileged Docker inside, which gives programs in the workspace the rights of root on this worker.',
    })
  }
  if (!facts.isUserNamespaced) {
    if (mayBecomeRoot) return 'privileged'
    const message =
      'This client may not ask for privileged Docker inside: programs there can become root on the worker.'
    throw new AgentError('FORBIDDEN', message, { hint: ROOT_HINT })
  }
  throw new AgentError(
    'BAD_REQUEST',
    'The engine of this worker runs rootless or in a user namespace: it can give no workspace an engine of its own.',
    {
      hint: 'Use a worker whose engine runs as root, or one with Sysbox.',
    },
  )
}

/** The engine inside is kept running by the service inside: throws `AgentError` where the image cannot run that. */
export function refuseDockerWithoutRuntime(runtime: RuntimeStatus | 'off'): void {
  if (runtime !== 'unsupported') return
  throw new AgentError('ENGINE_ERROR', 'Docker inside needs the service inside, which this image cannot run.', {
    hint: 'Take one of Berth’s templates, or an image with glibc and Docker’s engine in it.',
  })
}

/** Ends with 0 when the engine answers, with 3 where there is none, and with 1 and its last words when it does not come up. */
const WAIT_SCRIPT = `
command -v dockerd > /dev/null 2>&1 || exit 3
log=/var/log/berth-docker.log
for turn in $(seq 300); do
  if [ -S /var/run/docker.sock ]; then
    if ! command -v docker > /dev/null 2>&1 || docker version > /dev/null 2>&1; then exit 0; fi
  fi
  if [ "$(grep -c 'berth: the engine ended' $log 2> /dev/null)" -ge 3 ]; then break; fi
  sleep 0.2
done
grep -v '^berth:' $log | tail -n 3
exit 1
`
const NO_ENGINE = 3
const KEPT_BYTES = 4_096

/** Waits until the engine inside a running workspace answers. Throws `AgentError` with its last words where it does not. */
export async function awaitDockerInside(engine: Engine, containerId: string, signal: AbortSignal): Promise<void> {
  const command = ['sh', '-c', WAIT_SCRIPT]
  const session = await engine.containers.exec(containerId, { command, user: '0:0', stdin: '' })
  const leave = (): void => session.close()
  signal.addEventListener('abort', leave)
  if (signal.aborted) leave()
  try {
    await judge(session)
  } finally {
    signal.removeEventListener('abort', leave)
    session.close()
  }
}

async function judge(session: ExecSession): Promise<void> {
  let words = ''
  for await (const { bytes } of session.output) words = (words + Buffer.from(bytes).toString('utf8')).slice(-KEPT_BYTES)
  const exitCode = await session.exitCode()
  if (exitCode === 0) return
  if (exitCode === NO_ENGINE) {
    throw new AgentError('ENGINE_ERROR', 'Docker inside was asked for, but the image has no dockerd.', {
      hint: 'Take one of Berth’s templates, or an image with Docker’s engine in it.',
    })
  }
  throw new AgentError('ENGINE_ERROR', `The engine inside did not come up: ${plainWords(words)}`, {
    hint: 'Its log is /var/log/berth-docker.log in the workspace.',
  })
}
