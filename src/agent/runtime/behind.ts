/** What tells one runtime from another. */
export interface RuntimeStamp {
  version: string
  build: string | undefined
}

/** Whether `running` is older than `ours`, or of the same version and another build: then ours is the one that was made last. */
export function isBehind(running: RuntimeStamp, ours: RuntimeStamp): boolean {
  const order = compareVersions(running.version, ours.version)
  return order < 0 || (order === 0 && running.build !== ours.build)
}

/** As semver.org orders them (11), but that identifiers of a pre-release are compared as text in which numbers count. */
function compareVersions(left: string, right: string): number {
  const [leftCore = '', leftPre] = split(left)
  const [rightCore = '', rightPre] = split(right)
  const order = compareText(leftCore, rightCore)
  if (order !== 0 || leftPre === rightPre) return order
  if (leftPre === undefined) return 1
  return rightPre === undefined ? -1 : compareText(leftPre, rightPre)
}

/** The numbers of a version, and its pre-release where it is one; what follows `+` does not count. */
function split(version: string): string[] {
  const [precedence = ''] = version.split('+')
  const at = precedence.indexOf('-')
  return at < 0 ? [precedence] : [precedence.slice(0, at), precedence.slice(at + 1)]
}

const { compare: compareText } = new Intl.Collator('en', { numeric: true })
