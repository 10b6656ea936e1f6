import type { SocketLike } from './web-socket-frames.ts'

/** What a program of Node brings: its sockets and its WebSockets, which are not for browsers. */
export interface LocalSocketDeps<Connection, Socket extends SocketLike & { binaryType: string }> {
  connect: () => Connection
  create: (
    url: string,
    protocols: string[],
    options: { createConnection: () => Connection; perMessageDeflate: false },
  ) => Socket
}

/**
 * Opens WebSockets to the agent of this computer over its socket, or the named pipe that stands for it on Windows (which
 * an address like `ws+unix:` could not name).
 */
export function localSockets<Connection, Socket extends SocketLike & { binaryType: string }>(
  deps: LocalSocketDeps<Connection, Socket>,
): (urlPath: string, protocols: string[]) => SocketLike {
  return (urlPath, protocols) => {
    const options = { createConnection: deps.connect, perMessageDeflate: false } as const
    const socket = deps.create(`ws://localhost${urlPath}`, protocols, options)
    socket.binaryType = 'arraybuffer'
    return socket
  }
}
