/** Where the engine of these tests listens: what `DOCKER_HOST` names, else where Docker does by itself. */
export const ENGINE_SOCKET = /^unix:\/\/(.+)$/.exec(process.env['DOCKER_HOST'] ?? '')?.[1] ?? '/var/run/docker.sock'
