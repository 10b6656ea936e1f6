/**
 * Version of everything in `src/contract`. A peer with another major is refused with `VERSION_MISMATCH`; within a major,
 * a new procedure or input key is used only where the other side's `capabilities` name it.
 */
export const PROTOCOL = { major: 1, minor: 0 } as const

/** `PROTOCOL` as it travels: `"<major>.<minor>"`. */
export const PROTOCOL_VERSION = `${PROTOCOL.major}.${PROTOCOL.minor}`

/** Whether a peer that announced `version` can be talked to. Anything that is not `<major>.<minor>` cannot. */
export function isCompatibleProtocol(version: string): boolean {
  const match = /^(\d+)\.(\d+)$/.exec(version)
  return match !== null && Number(match[1]) === PROTOCOL.major
}
