const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'ALL_PROXY', 'NO_PROXY']

/**
 * The proxies by which this computer reaches the world, for the steps of a build. The engine knows these names by itself and
 * keeps their values out of the image and its history (Docker's "predefined ARGs").
 */
export function proxySettings(environment: NodeJS.ProcessEnv): Record<string, string> {
  const settings: Record<string, string> = {}
  for (const name of NAMES.flatMap((upper) => [upper, upper.toLowerCase()])) {
    const value = environment[name]
    if (value !== undefined && value !== '') settings[name] = value
  }
  return settings
}
