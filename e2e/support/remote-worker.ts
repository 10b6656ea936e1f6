import { EngineView } from './engine.ts'
import { HeadlessAgent } from './headless-agent.ts'
import { localAgent } from './local-agent.ts'
import { createProfile, type Profile } from './profile.ts'

/** Another computer, as far as the app can tell: an agent with a folder of its own, reached over a port. */
export class RemoteWorker {
  readonly profile: Profile
  readonly port: number
  #agent: HeadlessAgent

  private constructor(profile: Profile, agent: HeadlessAgent) {
    this.profile = profile
    this.#agent = agent
    this.port = agent.port
  }

  static async start(): Promise<RemoteWorker> {
    const profile = await createProfile('remote')
    return new RemoteWorker(profile, await HeadlessAgent.start({ profile, environment: {} }))
  }

  /** What a person types to reach it. */
  get address(): string {
    return `127.0.0.1:${this.port}`
  }

  pair(): Promise<string> {
    return this.#agent.pair()
  }

  /** It goes without a word, as a computer does whose plug is pulled. */
  kill(): Promise<void> {
    return this.#agent.end('SIGKILL')
  }

  /** Comes again where it was. */
  async comeBack(): Promise<void> {
    this.#agent = await HeadlessAgent.start({ profile: this.profile, environment: {} }, this.port)
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
