import type { WebSocket } from 'ws'
import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { afterAllSent } from '../../terminals/after-all-sent.ts'

/** How long a peer has to answer a close before its connection is cut. */
const CLOSE_WAIT_MS = 2_000
/** A peer that answers no ping within this has gone without a word. */
const PING_EVERY_MS = 20_000

/** `socket` as a `FrameSocket`. A peer that vanished is noticed within two pings. */
export function webSocketFrames(socket: WebSocket): FrameSocket {
  const stop = watchPeer(socket)
  let sentBytes = 0
  return {
    get bufferedBytes() {
      return socket.bufferedAmount
    },
    send(message) {
      if (socket.readyState !== socket.OPEN) return
      sentBytes += message.length
      socket.send(message)
    },
    listen(handlers) {
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        handlers.message(isBinary ? data : data.toString('utf8'))
      })
      socket.on('error', () => {
        // `close` follows, with the code that says why.
      })
      socket.on('close', (code, reason) => {
        stop()
        handlers.closed(code, reason.toString('utf8'))
      })
    },
    pause() {
      socket.pause()
    },
    resume() {
      socket.resume()
    },
    close(code, reason) {
      // What was sent comes before the end that a peer is owed, however slowly it takes that.
      afterAllSent(socket, { code, sentBytes }, () => {
        stop()
        socket.close(code, reason)
        const timer = setTimeout(() => {
          socket.terminate()
        }, CLOSE_WAIT_MS)
        socket.once('close', () => {
          clearTimeout(timer)
        })
      })
    },
  }
}

function watchPeer(socket: WebSocket): () => void {
  let isAnswered = true
  socket.on('pong', () => {
    isAnswered = true
  })
  const timer = setInterval(() => {
    if (!isAnswered) socket.terminate()
    isAnswered = false
    socket.ping()
  }, PING_EVERY_MS)
  return () => {
    clearInterval(timer)
  }
}
