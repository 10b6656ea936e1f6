import { z } from 'zod'
import { PairCode, WorkerHost } from '../../contract/desktop/pairing.ts'
import { parseWorkerAddress } from '../../domain/worker-address.ts'

/** The scheme that installers register for the app. */
export const LINK_SCHEME = 'berth'

const MAX_LINK_CHARS = 512
/** A scheme and a verb, and for a verb that has some, its parameters: no path, port, user or fragment. */
const LINK = /^berth:\/\/([a-z]{1,40})\/?(?:\?([^#]+))?$/i

/**
 * What a link asks for. Links come from anyone: none of them may do more than bring the window to the front, or fill in a form
 * that a person reads and sends.
 */
const BerthLink = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open') }),
  z.strictObject({
    kind: z.literal('pair'),
    host: WorkerHost.refine((host) => parseWorkerAddress(host) !== undefined),
    code: PairCode.regex(/^[A-Za-z0-9 -]*$/).optional(),
  }),
])
export type BerthLink = z.infer<typeof BerthLink>

/** Reads a link: `berth://open`, `berth://pair?host=…&code=…`. Undefined for everything else. */
export function readBerthLink(text: string): BerthLink | undefined {
  if (text.length > MAX_LINK_CHARS) return undefined
  const [, verb, query] = LINK.exec(text) ?? []
  const parameters = [...new URLSearchParams(query ?? '')]
  const names = parameters.map(([name]) => name)
  // Said twice, it could mean one thing to who reads it and another here.
  const isPlain = new Set(names).size === names.length && !names.includes('kind')
  if (verb === undefined || !isPlain || (query !== undefined && names.length === 0)) return undefined
  return BerthLink.safeParse({ kind: verb.toLowerCase(), ...Object.fromEntries(parameters) }).data
}

/**
 * The link among the arguments of a second start, of which the system puts one there and Chromium some of its own. No
 * other argument counts for anything.
 */
export function linkAmong(argv: readonly string[]): string | undefined {
  return argv.slice(1).find((argument) => argument.toLowerCase().startsWith(`${LINK_SCHEME}:`))
}
