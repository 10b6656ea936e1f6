import type { OperatingSystem } from './platform.ts'

/** The system whose keyboard is in front of the person, from what the browser says of itself. */
export function operatingSystemOf(userAgent: string): OperatingSystem {
  if (/Mac|iPhone|iPad/.test(userAgent)) return 'mac'
  return userAgent.includes('Windows') ? 'windows' : 'linux'
}

/** How this browser names itself in the worker's list of paired clients: `Chrome on Linux`. */
export function browserName(userAgent: string): string {
  const browser = BROWSERS.find(({ mark }) => userAgent.includes(mark))?.name ?? 'Browser'
  const system = SYSTEMS.find(({ mark }) => userAgent.includes(mark))?.name
  return system === undefined ? browser : `${browser} on ${system}`
}

/** In an order in which the first that fits is right: each browser claims to be those below it. */
const BROWSERS = [
  { mark: 'Edg/', name: 'Edge' },
  { mark: 'OPR/', name: 'Opera' },
  { mark: 'Firefox/', name: 'Firefox' },
  { mark: 'Chrome/', name: 'Chrome' },
  { mark: 'Safari/', name: 'Safari' },
]
const SYSTEMS = [
  { mark: 'Android', name: 'Android' },
  { mark: 'iPhone', name: 'iPhone' },
  { mark: 'iPad', name: 'iPad' },
  { mark: 'Mac', name: 'macOS' },
  { mark: 'Windows', name: 'Windows' },
  { mark: 'Linux', name: 'Linux' },
]
