/*
 * What a runtime leaves of its terminals, for those who come after it: the next runtime of the container, whatever its
 * version, and the agent, who reads it while the container does not run.
 */

/** Where it lies: in the container and outside the home volume, for the workspace's user alone. */
export const STATE_FOLDER = '/var/lib/berth'
/** Where an agent puts what comes from the container before: for root alone, until a runtime starts. */
export const BROUGHT_FOLDER = '/var/lib/berth-brought'
/** Follows the name of a terminal's ring: the file with its `KeptTerminal`. */
export const KEPT_SUFFIX = '.terminal'

/** Of terminals that have ended with their holder so many are kept, those with the newest output, and so much of them. */
export const MAX_KEPT = 20
export const MAX_KEPT_BYTES = 64 * 1_048_576
/** Largest serialized screen; of one that would be larger, fewer lines are told. */
export const MAX_SCREEN_BYTES = 4_194_304
