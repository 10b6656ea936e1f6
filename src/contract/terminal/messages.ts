import { z } from 'zod'
import { ErrorCode } from '../errors.ts'
import { LineOfText } from '../names.ts'
import { Columns, Rows, TerminalExit, TerminalId } from './terminal.ts'

/** Counts bytes since the terminal began. */
const Offset = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)

/** A runtime that tells no number knows one client at a time. */
const ClientCount = z.number().int().nonnegative().default(1)

export const CreateTerminal = z.strictObject({
  /** Argv. Default: the user's login shell. */
  command: z.array(z.string().max(131_072)).min(1).max(1024).optional(),
  /** Absolute, inside the workspace. Default: the work folder. */
  cwd: z.string().max(4096).startsWith('/').optional(),
  title: LineOfText.max(200).optional(),
})
export type CreateTerminal = z.infer<typeof CreateTerminal>

/** What a client says in text. Binary messages are stdin. The first message is `attach`. */
export const ClientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('attach'),
    terminal: TerminalId,
    /** Makes the terminal where it does not exist; without it, a terminal that does not exist is `NOT_FOUND`. */
    create: CreateTerminal.optional(),
    /** Names this client across its connections: input offsets are kept by it. */
    client: z.uuid(),
    cols: Columns,
    rows: Rows,
    /** Output up to here has been seen; go on from it. Absent: from the beginning of what is kept. */
    after: Offset.optional(),
  }),
  z.strictObject({ type: z.literal('resize'), cols: Columns, rows: Rows }),
  /** The terminal has this client's size whenever it is attached, until another claims. */
  z.strictObject({ type: z.literal('claim') }),
  /** All output before this offset has been parsed. */
  z.strictObject({ type: z.literal('ack'), offset: Offset }),
  z.strictObject({ type: z.literal('signal'), name: z.enum(['SIGINT', 'SIGTERM', 'SIGKILL', 'SIGHUP', 'SIGQUIT']) }),
  /** Ends the terminal. Leaving without it lets it run. */
  z.strictObject({ type: z.literal('close') }),
  /** Is the other side there? Answered by `pong`. */
  z.strictObject({ type: z.literal('ping'), id: z.number().int() }),
])
export type ClientMessage = z.infer<typeof ClientMessage>

/**
 * What the terminal's side says in text. Binary messages are stdout. The first message is `attached` or `error`. A client
 * leaves out what is of a type that it does not know.
 */
export const ServerMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('attached'),
    terminal: TerminalId,
    /** The offset of the first byte of output that follows the snapshot. */
    offset: Offset,
    /** The length of all output now: what comes before it is replayed. Absent from older runtimes. */
    end: Offset.optional(),
    /** Input of this client that the terminal already has: what comes next in this connection counts from here. */
    inputOffset: Offset,
    /** Bytes of serialised screen that come first (0: none); they do not count in offsets. */
    snapshotBytes: Offset,
    title: z.string(),
    /** The terminal's size, which other clients have a part in. */
    cols: Columns,
    rows: Rows,
    /** Clients attached now, this one among them. */
    clients: ClientCount,
    /** As `answers` tells it. An older runtime lets everybody answer. */
    answers: z.boolean().default(true),
  }),
  z.object({ type: z.literal('inputAck'), offset: Offset }),
  /** The terminal's size, where it is another than before, or than this client's own. `claimed`: one client decides it. */
  z.object({ type: z.literal('size'), cols: Columns, rows: Rows, claimed: z.boolean() }),
  z.object({ type: z.literal('clients'), count: ClientCount }),
  /** Whether this client's screen is the one that answers what programs ask their terminal, from the next byte of output on. */
  z.object({ type: z.literal('answers'), wanted: z.boolean() }),
  z.object({ type: z.literal('title'), title: z.string() }),
  /** After the last byte of output. `offset` is the output's whole length. */
  z.object({ type: z.literal('exit'), offset: Offset, ...TerminalExit.shape }),
  z.object({ type: z.literal('error'), code: ErrorCode, message: z.string(), hint: z.string().optional() }),
  z.object({ type: z.literal('pong'), id: z.number().int() }),
])
export type ServerMessage = z.infer<typeof ServerMessage>
