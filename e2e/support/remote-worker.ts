import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Certificate } from '../../test/support/stand-in-agent.ts'
import { EngineView } from './engine.ts'
import { HeadlessAgent } from './headless-agent.ts'
import { localAgent } from './local-agent.ts'
import { createProfile, type Profile } from './profile.ts'

interface RemotePlace {
  /** The one address that it listens on. Default: this computer's. */
  host?: string
  /** Default: a free one. */
  port?: number
  /** It speaks HTTPS with this one. */
  certificate?: Certificate
}

/** Another computer, as far as the app can tell: an agent with a folder of its own, reached over a port. */
export class RemoteWorker {
  readonly profile: Profile
  readonly port: number
  readonly #host: string
  readonly #flags: readonly string[]
  #agent: HeadlessAgent

  private constructor(profile: Profile, agent: HeadlessAgent, { host, flags }: { host: string; flags: string[] }) {
    this.profile = profile
    this.port = agent.port
    this.#host = host
    this.#flags = flags
    this.#agent = agent
  }

  static async start({ host, port = 0, certificate }: RemotePlace = {}): Promise<RemoteWorker> {
    const profile = await createProfile('remote')
    const { certFile, keyFile } = certificateFiles(profile)
    if (certificate !== undefined) await writeCertificate(profile, certificate)
    const flags = [
      ...(host === undefined ? [] : ['--host', host]),
      ...(certificate === undefined ? [] : ['--tls-cert', certFile, '--tls-key', keyFile]),
    ]
    const agent = await HeadlessAgent.start({ profile, environment: {}, flags }, port)
    return new RemoteWorker(profile, agent, { host: host ?? '127.0.0.1', flags })
  }

  /** What a person types to reach it. */
  get address(): string {
    return `${this.#host}:${this.port}`
  }

  pair(): Promise<string> {
    return this.#agent.pair()
  }

  /** It goes without a word, as a computer does whose plug is pulled. */
  kill(): Promise<void> {
    return this.#agent.end('SIGKILL')
  }

  /** Comes again where it was; with another certificate, where one is given. */
  async comeBack(certificate?: Certificate): Promise<void> {
    if (certificate !== undefined) await writeCertificate(this.profile, certificate)
    const start = { profile: this.profile, environment: {}, flags: this.#flags }
    this.#agent = await HeadlessAgent.start(start, this.port)
  }

  /** Takes the tokens of all who were paired. */
  async revokeAll(): Promise<void> {
    const client = localAgent(this.profile)
    try {
      for (const { id } of await client.api.clients.list()) await client.api.clients.revoke({ id })
    } finally {
      client.dispose()
    }
  }

  async remove(): Promise<void> {
    await this.#agent.end()
    await new EngineView(this.profile).sweep()
    await this.profile.remove()
  }
}

function certificateFiles({ root }: Profile): { certFile: string; keyFile: string } {
  return { certFile: join(root, 'certificate/cert.pem'), keyFile: join(root, 'certificate/key.pem') }
}

async function writeCertificate(profile: Profile, { cert, key }: Certificate): Promise<void> {
  const { certFile, keyFile } = certificateFiles(profile)
  await mkdir(join(profile.root, 'certificate'), { recursive: true, mode: 0o700 })
  await writeFile(keyFile, key, { mode: 0o600 })
  await writeFile(certFile, cert)
}
