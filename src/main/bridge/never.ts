/** For a call without a signal of its own: oRPC gives each call of a port one. */
export const NEVER = new AbortController().signal
