export interface ConfigSurroundings {
  environment: Readonly<Record<string, string | undefined>>
  /** `process.platform`. */
  platform: string
  /** The person's home folder. */
  home: string
}

/**
 * The folder of the agent that a program finds without being told: `WS_CONFIG_DIR`, else `workspace` where this system
 * keeps configuration (XDG Base Directory Specification; `%APPDATA%` on Windows). A relative `XDG_CONFIG_HOME` is to be
 * ignored by that specification.
 */
export function configFolder({ environment, platform, home }: ConfigSurroundings): string {
  const named = environment['WS_CONFIG_DIR']
  if (named !== undefined && named !== '') return named
  if (platform === 'win32') return `${environment['APPDATA'] ?? `${home}\\AppData\\Roaming`}\\workspace`
  const configured = environment['XDG_CONFIG_HOME']
  return `${configured?.startsWith('/') ? configured : `${home}/.config`}/workspace`
}
