import type { AddOutcome, UnreachedWorker, WorkerProbe } from '../../../contract/desktop/pairing.ts'

export type ReachedWorker = Extract<WorkerProbe, { reached: true }>
export type Refusal = Extract<AddOutcome, { message: string }>

/** How far the adding of a worker has come. What was found is of the address that is typed: another address begins anew. */
export type Stage =
  | { at: 'typing' }
  | { at: 'checking' }
  | { at: 'unreached'; probe: UnreachedWorker }
  | { at: 'found'; probe: ReachedWorker; isTrusted: boolean; refusal: Refusal | undefined }
  | { at: 'adding'; probe: ReachedWorker; isTrusted: boolean }

export type AddFields = { host: string; code: string; label: string }
export type AddState = AddFields & { stage: Stage }

export type AddEvent =
  | { type: 'typed'; field: keyof AddFields; text: string }
  | { type: 'checking' }
  /** What was found at `host`, which may not be the one that is typed any more. */
  | { type: 'checked'; host: string; probe: WorkerProbe }
  | { type: 'trusted'; isTrusted: boolean }
  | { type: 'adding' }
  | { type: 'ended'; outcome: AddOutcome }

export const emptyAddState = (fields: Partial<AddFields> = {}): AddState => ({
  host: '',
  code: '',
  label: '',
  ...fields,
  stage: { at: 'typing' },
})

export function reduceAdding(state: AddState, event: AddEvent): AddState {
  const { stage } = state
  switch (event.type) {
    case 'typed':
      return { ...state, [event.field]: event.text, stage: stageAfterTyping(stage, event.field) }
    case 'checking':
      return { ...state, stage: { at: 'checking' } }
    case 'checked':
      return stage.at === 'checking' && event.host === hostOf(state) ? { ...state, stage: foundBy(event.probe) } : state
    case 'trusted':
      return stage.at === 'found' ? { ...state, stage: { ...stage, isTrusted: event.isTrusted } } : state
    case 'adding':
      return stage.at === 'found'
        ? { ...state, stage: { at: 'adding', probe: stage.probe, isTrusted: stage.isTrusted } }
        : state
    case 'ended':
      return stage.at === 'adding' ? { ...state, stage: stageAfter(event.outcome, stage) } : state
  }
}

/** The address as it is asked for. */
export const hostOf = ({ host }: Pick<AddFields, 'host'>): string => host.trim()

function foundBy(probe: WorkerProbe): Stage {
  return probe.reached ? { at: 'found', probe, isTrusted: false, refusal: undefined } : { at: 'unreached', probe }
}

function stageAfterTyping(stage: Stage, field: keyof AddFields): Stage {
  if (field === 'host') return { at: 'typing' }
  return stage.at === 'found' ? { ...stage, refusal: undefined } : stage
}

/** A refusal leaves everything as it was, to be mended; an added worker leaves the form to whoever goes there. */
function stageAfter(outcome: AddOutcome, stage: Extract<Stage, { at: 'adding' }>): Stage {
  switch (outcome.status) {
    case 'added':
      return stage
    case 'unreached':
      return { at: 'unreached', probe: outcome.probe }
    case 'fingerprint_changed':
      // What was compared is not what is there now: it is looked at anew.
      return { at: 'unreached', probe: distrusted(outcome) }
    default:
      return { ...stage, at: 'found', refusal: outcome }
  }
}

const distrusted = ({ message, hint }: Refusal): UnreachedWorker => ({
  ...{ reached: false, hop: 'tls', message },
  ...(hint === undefined ? {} : { hint }),
})

/** Whether a person has still to compare the certificate. */
export const needsTrust = ({ stage }: AddState): boolean =>
  (stage.at === 'found' || stage.at === 'adding') && stage.probe.fingerprint !== undefined && !stage.isTrusted

/** Whether a code is of use: over ssh the way itself says who comes. */
export const takesCode = ({ path }: ReachedWorker): boolean => path !== 'ssh'

/** Whether it may be left out: a worker in the tailnet may know who asks. */
export const needsCode = ({ path }: ReachedWorker): boolean => path !== 'ssh' && path !== 'tailnet'
