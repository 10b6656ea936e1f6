import os from 'node:os'

export interface OurNames {
  /** The addresses that we listen on now. */
  addresses(): readonly string[]
  /** Names of ours that others vouch for: the tailnet's own, those of the certificate. */
  names(): readonly string[]
  /** Names that the configuration adds. */
  allowedHosts: readonly string[]
  hostname?: string
}

/**
 * What `Host` may name: this computer, the addresses that we listen on, what our certificate is for and what tailscaled says
 * that we are called, and what the configuration adds. No name is ours for its first part alone: a stranger's machine in
 * another tailnet may have the same.
 */
export function ourNames({
  addresses,
  names,
  allowedHosts,
  hostname = os.hostname(),
}: OurNames): (name: string) => boolean {
  const short = hostname.toLowerCase().split('.')[0] ?? 'localhost'
  const fixed = ['localhost', '127.0.0.1', '[::1]', hostname, short, `${short}.local`, ...allowedHosts]
  return (name) => [...fixed, ...addresses(), ...names()].some((known) => asHost(known) === name)
}

function asHost(name: string): string {
  return (name.includes(':') && !name.startsWith('[') ? `[${name}]` : name).toLowerCase()
}
