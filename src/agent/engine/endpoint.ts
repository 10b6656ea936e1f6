/** Where an engine listens. */
export type Endpoint =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }

export type ParsedEndpoint = { ok: true; endpoint: Endpoint } | { ok: false; message: string; hint: string }

const FORMS = 'Use unix:///path/to/docker.sock, npipe:////./pipe/docker_engine or tcp://127.0.0.1:2375.'

/** Reads a value as `DOCKER_HOST` has it. Engines over SSH or TLS are refused in words. */
export function parseEndpoint(value: string): ParsedEndpoint {
  if (value.startsWith('unix://')) return socket(value.slice('unix://'.length))
  if (value.startsWith('npipe://')) return socket(value.slice('npipe://'.length))
  if (value.startsWith('/')) return socket(value)
  if (value.startsWith('ssh://')) {
    return {
      ok: false,
      message: 'DOCKER_HOST names a container engine over SSH, which Berth does not use.',
      hint: 'Run Berth’s agent on that computer and add it as a worker, or unset DOCKER_HOST.',
    }
  }
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url !== undefined && (url.protocol === 'tcp:' || url.protocol === 'http:') && url.hostname !== '') {
    const port = url.port === '' ? 2375 : Number(url.port)
    // URL keeps the brackets of IPv6 addresses; sockets want them without.
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    return { ok: true, endpoint: { kind: 'tcp', host, port } }
  }
  return { ok: false, message: 'DOCKER_HOST does not name a container engine in a way that Berth knows.', hint: FORMS }
}

function socket(path: string): ParsedEndpoint {
  if (path === '') return { ok: false, message: 'DOCKER_HOST names no socket.', hint: FORMS }
  return { ok: true, endpoint: { kind: 'socket', path } }
}

/** Two names of one place are one. */
export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
