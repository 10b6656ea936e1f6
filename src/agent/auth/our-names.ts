import os from 'node:os'

export interface OurNames {
  /** The addresses that we listen on. */
  addresses: readonly string[]
  /** Names that the configuration adds. */
  allowedHosts: readonly string[]
  hostname?: string
}

/**
 * What `Host` may name: this computer, the addresses that we listen on, and what the configuration adds. Our full name in
 * a tailnet is among the latter: a stranger's machine in another tailnet may have the same first part as ours.
 */
export function ourNames({ addresses, allowedHosts, hostname = os.hostname() }: OurNames): (name: string) => boolean {
  const short = hostname.toLowerCase().split('.')[0] ?? 'localhost'
  const names = new Set(
    ['localhost', '127.0.0.1', '[::1]', hostname, short, `${short}.local`, ...addresses, ...allowedHosts]
      .map((name) => (name.includes(':') && !name.startsWith('[') ? `[${name}]` : name))
      .map((name) => name.toLowerCase()),
  )
  return (name) => names.has(name)
}
