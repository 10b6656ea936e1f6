/** The oldest Node that the first step runs on; everything after it runs on the pinned one. */
const OLDEST = { major: 20, minor: 19 }

/** Whether `version` ("20.19.1") can run the set-up. @param {string} version */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)
}

/** Ends the process with one sentence where this Node is too old to go on. */
export function requireNode() {
  if (isNodeNewEnough(process.versions.node)) return
  const oldest = `${OLDEST.major}.${OLDEST.minor}`
  console.error(
    `Berth needs Node ${oldest} or newer to set itself up; this is ${process.versions.node}. Update Node, then run it again.`,
  )
  process.exit(1)
}
