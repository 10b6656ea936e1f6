import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import { watchFile } from '../config/watch-file.ts'
import { StoreError } from '../store/store-errors.ts'

/** The certificate, or its key, is none that can be used. */
export class CertificateUnusable extends StoreError {
  override readonly name = 'CertificateUnusable'
}

export interface CertificateFiles {
  certFile: string
  keyFile: string
}

/** What the agent shows who comes by TLS, as its files are now. */
export interface Certificate extends AsyncDisposable {
  /** As Node's TLS takes it. */
  readonly pair: { cert: string; key: string }
  /** The names that it is for, in small letters. */
  readonly names: readonly string[]
  /** SHA-256. Whoever comes may know no authority that vouches for it, a private one least of all: people compare this then. */
  readonly fingerprint: string
  /** `listener` is told when another pair is in use, until the result is called. */
  onChange(listener: () => void): () => void
}

const HINT = 'Both are PEM files; the certificate may be a chain that begins with the agent’s own.'

/**
 * Reads a certificate and its key, and again when the files change; a pair that does not fit is left, and the one before
 * stays in use: files are replaced one after the other. Throws `CertificateUnusable`.
 */
export async function openCertificate(files: CertificateFiles, log: Logger): Promise<Certificate> {
  let current = await readPair(files)
  const listeners = new Set<() => void>()
  const reload = async (): Promise<void> => {
    const next = await readPair(files)
    if (next.pair.cert === current.pair.cert && next.pair.key === current.pair.key) return
    current = next
    log.info({ fingerprint: next.fingerprint }, 'another certificate is in use')
    for (const listener of listeners) listener()
  }
  const changed = (): Promise<void> =>
    reload().catch((error: unknown) => log.warn({ err: error }, 'a changed certificate is not used'))
  const failed = (error: unknown): void => log.warn({ err: error }, 'the certificate cannot be watched')
  const watches = [files.certFile, files.keyFile].map((file) => watchFile(file, { changed, failed }))
  return {
    get pair() {
      return current.pair
    },
    get names() {
      return current.names
    },
    get fingerprint() {
      return current.fingerprint
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(watches.map((end) => end()))
    },
  }
}

type Pair = Pick<Certificate, 'pair' | 'names' | 'fingerprint'>

async function readPair({ certFile, keyFile }: CertificateFiles): Promise<Pair> {
  const [cert, key] = await Promise.all([readText(certFile), readText(keyFile)])
  const certificate = parse(certFile, () => new X509Certificate(cert))
  const privateKey = parse(keyFile, () => createPrivateKey(key))
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new CertificateUnusable(`The key of ${keyFile} is not that of ${certFile}.`, HINT)
  }
  return {
    pair: { cert, key },
    names: namesOf(certificate),
    fingerprint: certificate.fingerprint256,
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new CertificateUnusable(`${file} cannot be read${code}.`, HINT, error)
  }
}

function parse<Parsed>(file: string, read: () => Parsed): Parsed {
  try {
    return read()
  } catch (error) {
    throw new CertificateUnusable(`${file} holds nothing that can be used for TLS.`, HINT, error)
  }
}

/** `DNS:desk.example, IP Address:192.0.2.1`: the names, without those that stand for many. */
function namesOf({ subjectAltName = '' }: X509Certificate): string[] {
  return [...subjectAltName.matchAll(/(?:^|, )DNS:([a-z0-9._-]+)(?=,|$)/gi)].map(([, name = '']) => name.toLowerCase())
}
