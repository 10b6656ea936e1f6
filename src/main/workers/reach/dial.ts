import net, { type Socket } from 'node:net'
import tls, { type TLSSocket } from 'node:tls'
import type { WorkerPath } from '../../../contract/desktop/worker.ts'
import { plainAddress } from '../../../tailnet/address-kind.ts'
import type { VouchFor } from '../../../tailnet/vouch.ts'
import { DialError } from './dial-error.ts'
import { type PlainWay, plainWay } from './plain-way.ts'

export interface DialTarget {
  host: string
  port: number
  /** Undefined: plain where that is safe, else TLS. */
  isTls: boolean | undefined
  /** SHA-256 of the one certificate that counts; without it, one that an authority vouches for. */
  fingerprint: string | undefined
}

/** A connection over which HTTP can be spoken, and what `Host` is there. */
export interface Connection {
  socket: Socket
  authority: string
}

export interface Dialled extends Connection {
  path: WorkerPath
  /** Of a certificate that no authority vouches for. */
  fingerprint: string | undefined
}

const CONNECT_MS = 10_000

/**
 * Connects, and makes sure that what is said next can be heard by the worker alone: by TLS with the pinned certificate or
 * one of an authority, or in plain text to this computer or over its tailnet, where `vouchFor` says that it is. It is the address that
 * was connected to which counts, not what a name resolved to before. Rejects with `DialError`; nothing has been sent then.
 */
export async function dial(target: DialTarget, signal: AbortSignal, vouchFor: VouchFor): Promise<Dialled> {
  const inspected = await inspect(target, signal, vouchFor)
  const { socket, fingerprint } = inspected
  if (!(socket instanceof tls.TLSSocket)) return inspected
  const isVouchedFor = target.fingerprint === undefined && socket.authorized
  if (isVouchedFor || (fingerprint !== undefined && fingerprint === target.fingerprint)) return inspected
  socket.destroy()
  if (target.fingerprint === undefined) {
    throw new DialError('tls', 'No authority vouches for the certificate of this worker.', {
      hint: 'Compare its fingerprint with what the worker says, then trust it.',
    })
  }
  throw new DialError('tls', 'The certificate of this worker is not the one that was trusted.', {
    hint: 'Find out why before you trust it: a renewed certificate, or somebody in between.',
  })
}

/** As `dial`, with any certificate: for questions that hold no secret, whose answers prove nothing. */
export async function inspect(target: DialTarget, signal: AbortSignal, vouchFor: VouchFor): Promise<Dialled> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)])
  const socket = await settled(
    net.connect({ host: target.host, port: target.port, autoSelectFamily: true, noDelay: true, keepAlive: true }),
    { event: 'connect', signal: bounded, failure: ofConnect },
  )
  // An agent knows the addresses that it listens on, and not by which of its names somebody comes.
  const authority = authorityOf(plainAddress(socket.remoteAddress ?? target.host), target.port)
  const plain: PlainWay = target.isTls === true ? TLS_ALONE : await plainWay(socket, vouchFor)
  if (bounded.aborted || socket.destroyed) {
    socket.destroy()
    throw bounded.aborted ? abandoned(bounded) : ofConnect(new Error('The connection was closed.'))
  }
  if (plain.path !== 'none') return { socket, authority, path: plain.path, fingerprint: undefined }
  if (target.isTls === false) {
    socket.destroy()
    throw plain.reason ?? readByOthers()
  }
  const secure = await settled(secured(socket, target.host), {
    event: 'secureConnect',
    signal: bounded,
    // An agent of a tailnet speaks no TLS as a rule: that the tailnet is not there says more.
    failure: (error) => plain.reason ?? ofHandshake(error),
  })
  const fingerprint = fingerprintToTrust(secure, target.fingerprint)
  return { socket: secure, authority: authorityOf(target.host, target.port), path: 'tls', fingerprint }
}

const TLS_ALONE = { path: 'none', reason: undefined } as const

function authorityOf(host: string, port: number): string {
  return `${net.isIPv6(host) ? `[${host}]` : host}:${port}`
}

function secured(socket: Socket, host: string): TLSSocket {
  return tls.connect({
    socket,
    host,
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    // The certificate is looked at before anything is sent: one of no authority may be the pinned one.
    rejectUnauthorized: false,
  })
}

function fingerprintToTrust(socket: TLSSocket, pinned: string | undefined): string | undefined {
  return socket.authorized && pinned === undefined ? undefined : socket.getPeerCertificate().fingerprint256
}

interface Awaited {
  event: 'connect' | 'secureConnect'
  signal: AbortSignal
  failure: (error: NodeJS.ErrnoException) => DialError
}

/** Resolves with `socket` at its event. Where it fails or takes too long it is destroyed. */
function settled<Connection extends Socket>(
  socket: Connection,
  { event, signal, failure }: Awaited,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      signal.removeEventListener('abort', abandon)
      socket.off('error', fail).off('close', close).off(event, succeed)
      // A socket that breaks later says so by its end; without a listener its error would end the app.
      socket.on('error', () => socket.destroy())
      act()
    }
    const give = (error: Error): void =>
      settle(() => {
        socket.destroy()
        reject(error)
      })
    const succeed = (): void => settle(() => resolve(socket))
    const fail = (error: Error): void => give(failure(error))
    const close = (): void => give(failure(new Error('The connection was closed.')))
    const abandon = (): void => give(abandoned(signal))
    socket.once('error', fail).once('close', close).once(event, succeed)
    signal.addEventListener('abort', abandon, { once: true })
    if (signal.aborted) abandon()
  })
}

function abandoned({ reason }: AbortSignal): Error {
  const isTimeout = reason instanceof Error && reason.name === 'TimeoutError'
  return isTimeout ? tooLate() : new Error('Nobody waits for this connection any more.')
}

const tooLate = (): DialError =>
  new DialError('address', 'Nothing answered there in time.', {
    hint: 'Is the worker on, and on a network that this computer reaches?',
    isTimeout: true,
  })

function ofConnect(error: NodeJS.ErrnoException): DialError {
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return new DialError('name', 'No computer goes by that name here.', {
        hint: 'Check the spelling, and whether the tailnet or VPN is up.',
        cause: error,
      })
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      return new DialError('port', 'The computer is there, and nothing listens on that port.', {
        hint: 'Start the agent there: ws --agent',
        cause: error,
      })
    case 'ETIMEDOUT':
      return tooLate()
    default:
      return new DialError('address', 'That address cannot be reached from here.', {
        hint: 'Is the worker on, and on a network that this computer reaches?',
        cause: error,
      })
  }
}

function readByOthers(): DialError {
  return new DialError('plain', 'Without TLS, a token would travel to that address in plain text.', {
    hint: 'Reach it by its tailnet name, by https:// or by ssh://.',
  })
}

function ofHandshake(error: Error): DialError {
  return new DialError('tls', 'What answers there does not speak TLS.', {
    hint: 'Give the agent a certificate (--tls-cert, --tls-key), or reach it by its tailnet name or by ssh://.',
    cause: error,
  })
}
