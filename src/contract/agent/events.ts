import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { Timestamp, WorkspaceName } from '../names.ts'
import { EngineState } from './engine.ts'
import { StepReport, WorkspaceInfo } from './workspace.ts'

/** `<epoch>-<seq>`: the epoch is of one run of an agent, the sequence counts its events from 1. */
export const EventId = z.string().regex(/^[a-z0-9]{1,32}-\d{1,16}$/)

const stamped = { id: EventId, at: Timestamp }

export const AgentEvent = z.discriminatedUnion('type', [
  z.object({ ...stamped, type: z.literal('workspace.created'), workspace: WorkspaceInfo }),
  z.object({ ...stamped, type: z.literal('workspace.changed'), workspace: WorkspaceInfo }),
  /** Progress of one creation step, between two `workspace.changed`. */
  z.object({ ...stamped, type: z.literal('workspace.step'), name: WorkspaceName, step: StepReport }),
  z.object({ ...stamped, type: z.literal('workspace.deleted'), name: WorkspaceName, workspaceId: z.string() }),
  /** The terminals of a workspace are others than before: list them anew. */
  z.object({ ...stamped, type: z.literal('terminals.changed'), workspace: WorkspaceName }),
  z.object({ ...stamped, type: z.literal('engine.changed'), engine: EngineState }),
  /** What workspaces receive is another than before: of all of them, or of `workspace` alone. */
  z.object({ ...stamped, type: z.literal('credentials.changed'), workspace: WorkspaceName.optional() }),
  /** Scripts or settings of the worker are others than before. */
  z.object({ ...stamped, type: z.literal('settings.changed') }),
  /** Somebody was paired with the worker, or is not any more. */
  z.object({ ...stamped, type: z.literal('clients.changed') }),
  z.object({
    ...stamped,
    type: z.literal('agent.warning'),
    code: z.string(),
    message: z.string().max(300),
    /** Which workspace it is about, where it is about one. */
    workspace: WorkspaceName.optional(),
  }),
  /** What came before cannot be told any more: list anew, then go on from this id. */
  z.object({ ...stamped, type: z.literal('reset') }),
])
export type AgentEvent = z.infer<typeof AgentEvent>

/**
 * Every change from now on, or from just after `after`. An `after` of another epoch, or older than the 10,000 events
 * that are kept, begins with `reset`. Without `after` the first event is a `reset` too, so that "listen, then list" has no gap.
 */
export const events = oc.input(z.strictObject({ after: EventId.optional() })).output(eventIterator(AgentEvent))
