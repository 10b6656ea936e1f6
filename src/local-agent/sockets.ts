import net from 'node:net'
import { WebSocket } from 'ws'
import type { SocketLike } from '../client/frames/web-socket-frames.ts'
import type { AgentPlace } from './place.ts'
import { CHALLENGE_HEADER, isProof, newChallenge, PROOF_HEADER } from './proof.ts'

/**
 * Opens WebSockets to an agent of this computer. Where its place has a secret, whoever answers there and does not prove to know it
 * gets nothing: the socket closes before it was open.
 */
export function agentSockets({ path, secret }: AgentPlace): (urlPath: string, protocols: string[]) => SocketLike {
  return (urlPath, protocols) => {
    const challenge = newChallenge()
    const socket = new WebSocket(`ws://localhost${urlPath}`, protocols, {
      createConnection: () => net.connect(path),
      perMessageDeflate: false,
      ...(secret === undefined ? {} : { headers: { [CHALLENGE_HEADER]: challenge } }),
    })
    socket.binaryType = 'arraybuffer'
    if (secret !== undefined) {
      socket.once('upgrade', ({ headers }) => {
        if (!isProof({ path, secret }, { challenge, proof: headers[PROOF_HEADER] })) socket.terminate()
      })
    }
    return socket
  }
}
