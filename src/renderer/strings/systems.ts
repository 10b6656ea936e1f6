/** By what Node and Tailscale call them. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['linux', 'Linux'],
  ['darwin', 'macOS'],
  ['macos', 'macOS'],
  ['win32', 'Windows'],
  ['windows', 'Windows'],
  ['freebsd', 'FreeBSD'],
  ['openbsd', 'OpenBSD'],
  ['ios', 'iOS'],
  ['tvos', 'tvOS'],
  ['android', 'Android'],
])

/** An operating system as people call it; one that has no name here, as the computer itself does. */
export const systemName = (os: string): string => NAMES.get(os.toLowerCase()) ?? os
