import { z } from 'zod'

/** The scheme that installers register for the app. */
export const LINK_SCHEME = 'berth'

/** A scheme, a verb, nothing else: no path, parameter, port or user that could carry something in. */
const LINK = /^berth:\/\/([a-z]{1,40})\/?$/i

/** What a link asks for. Links come from anyone: none of them may do more than bring the window to the front. */
const BerthLink = z.strictObject({ kind: z.enum(['open']) })
export type BerthLink = z.infer<typeof BerthLink>

/** Reads a link (`berth://open`). Undefined for everything else. */
export function readBerthLink(text: string): BerthLink | undefined {
  return BerthLink.safeParse({ kind: LINK.exec(text)?.[1]?.toLowerCase() }).data
}

/**
 * The link among the arguments of a second start, of which the system puts one there and Chromium some of its own. No
 * other argument counts for anything.
 */
export function linkAmong(argv: readonly string[]): string | undefined {
  return argv.slice(1).find((argument) => argument.toLowerCase().startsWith(`${LINK_SCHEME}:`))
}
