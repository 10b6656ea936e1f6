/**
 * Makes signals that end this process end `child` instead, and this one with it, when the child has gone. A terminal sends
 * Ctrl-C to both; it is passed on only where there is no terminal.
 * @param {import('node:child_process').ChildProcess} child
 */
export function passSignals(child) {
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => child.kill(signal)
  process.on('SIGTERM', pass).on('SIGHUP', pass)
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT')
  })
}
