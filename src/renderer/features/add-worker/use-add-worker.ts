import { useReducer, useState } from 'react'
import type { AddOutcome, AddWorker, UnreachedWorker, WorkerProbe } from '../../../contract/desktop/pairing.ts'
import type { WorkerSummary } from '../../../contract/desktop/worker.ts'
import { normaliseCode } from '../../platform/pairing-code.ts'
import type { WorkerRegistry } from '../../platform/platform.ts'
import { strings } from '../../strings/index.ts'
import { codeProblem } from '../../worker/code-problem.ts'
import { failureOf } from '../../worker/failure.ts'
import {
  type AddFields,
  type AddState,
  emptyAddState,
  hostOf,
  needsCode,
  needsTrust,
  type ReachedWorker,
  reduceAdding,
  takesCode,
} from './add-state.ts'

type AddDeps = {
  registry: WorkerRegistry
  initial: Partial<AddFields>
  onAdded: (worker: WorkerSummary) => void
}

type Adding = { probe: ReachedWorker; isTrusted: boolean; isUntilQuit?: boolean }

/** The form that adds a worker: it looks what is at an address, and adds it when a person has seen enough. */
export function useAddWorker({ registry, initial, onAdded }: AddDeps) {
  const [state, send] = useReducer(reduceAdding, emptyAddState(initial))
  const [errors, setErrors] = useState<Partial<Record<keyof AddFields, string>>>({})
  const { stage } = state

  const check = async (host: string): Promise<WorkerProbe | undefined> => {
    if (host === '') {
      setErrors({ host: strings.addWorker.hostMissing })
      return undefined
    }
    send({ type: 'checking' })
    const probe = await registry.test(host).catch(unreachedBy)
    send({ type: 'checked', host, probe })
    return probe
  }

  /** With the code that is typed; over ssh, with none. Says what is missing instead, where something is. */
  const add = async ({ probe, isTrusted, isUntilQuit = false }: Adding): Promise<void> => {
    const problem =
      takesCode(probe) && (needsCode(probe) || state.code.trim() !== '') ? codeProblem(state.code) : undefined
    if (problem !== undefined) {
      setErrors({ code: problem })
      return
    }
    send({ type: 'adding' })
    const outcome = await registry
      .add({ ...inputOf(state, probe, isTrusted), ...(isUntilQuit ? { untilQuit: true } : {}) })
      .catch((error: unknown): AddOutcome => ({ status: 'unreached', probe: unreachedBy(error) }))
    send({ type: 'ended', outcome })
    if (outcome.status === 'code_refused' || outcome.status === 'too_many')
      setErrors({ code: strings.workers.sentences(outcome.message, outcome.hint) })
    if (outcome.status === 'added') onAdded(outcome.worker)
  }

  return {
    state,
    errors,
    isBusy: stage.at === 'checking' || stage.at === 'adding',
    type: (field: keyof AddFields, text: string): void => {
      setErrors({})
      send({ type: 'typed', field, text })
    },
    trust: (isTrusted: boolean): void => send({ type: 'trusted', isTrusted }),
    /** Looks what is at an address that was chosen elsewhere. */
    choose: (host: string): void => {
      send({ type: 'typed', field: 'host', text: host })
      void check(host)
    },
    /** The next step; with `isDirect`, a worker that is found and needs no comparing is added in the same step. */
    submit: async (isDirect: boolean): Promise<void> => {
      setErrors({})
      if (stage.at === 'found') {
        if (!needsTrust(state)) await add(stage)
        return
      }
      const missing = isDirect ? codeProblem(state.code) : undefined
      if (missing !== undefined && hostOf(state) !== '') {
        setErrors({ code: missing })
        return
      }
      const probe = await check(hostOf(state))
      if (isDirect && probe?.reached === true && probe.fingerprint === undefined) await add({ probe, isTrusted: false })
    },
    /** Adds what was found though no keychain takes its token. */
    addUntilQuit: async (): Promise<void> => {
      setErrors({})
      if (stage.at === 'found' && !needsTrust(state)) await add({ ...stage, isUntilQuit: true })
    },
  }
}

/** What is asked for; over ssh, and where a tailnet identity may do, without a code. */
function inputOf(state: AddState, probe: ReachedWorker, isTrusted: boolean): AddWorker {
  const code = takesCode(probe) ? normaliseCode(state.code) : ''
  const label = state.label.trim()
  const { fingerprint } = probe
  return {
    host: hostOf(state),
    ...(code === '' ? {} : { code }),
    ...(label === '' ? {} : { label }),
    ...(isTrusted && fingerprint !== undefined ? { fingerprint } : {}),
  }
}

/** A call that failed before anything was asked of the address. */
function unreachedBy(error: unknown): UnreachedWorker {
  const { message, hint } = failureOf(error)
  return { reached: false, hop: 'address', message, ...(hint === undefined ? {} : { hint }) }
}
