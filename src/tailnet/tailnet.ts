import { Client, DaemonNotRunningError, PeerNotFoundError, parseJSON, type Status, StatusSchema } from 'tslocal'
import { describeStatus, type TailnetState } from './describe-status.ts'
import { type Run, runProgram } from './run-program.ts'

export type { TailnetSelf, TailnetState } from './describe-status.ts'

/** Who is behind an address of the tailnet. */
export interface TailnetUser {
  /** The name to sign in by, as `alice@example.com`: what decides. */
  login: string
  /** How the user is called; for display. */
  user: string
  /** The full name of the computer in the tailnet. */
  node: string
}

/** Tailscale of this computer, asked itself: never believed from what came over a network. */
export interface Tailnet {
  /** How it is with Tailscale now, in words for a person. Never rejects. */
  status(): Promise<TailnetState>
  /**
   * Who is at the other end of a connection from `address` (`100.64.0.7:49152`, `[fd7a:…]:49152`). Undefined for an address that is
   * nobody's, and for a computer that has tags: it belongs to no user. Rejects where Tailscale cannot be asked.
   */
  whois(address: string): Promise<TailnetUser | undefined>
}

export interface TailnetOptions {
  /** Where tailscaled listens. Default: where it does on this system. */
  socketPath?: string
  /** Runs the command `tailscale`, which knows ways to tailscaled that a socket is not. */
  run?: Run
}

/** A tailscaled that does not answer in this time is not waited for. */
const ANSWER_MS = 3_000
const WINDOWS_PIPE = String.raw`\\.\pipe\ProtectedPrefix\Administrators\Tailscale\tailscaled`

/** Asks tailscaled over its local API, as its own command does; nothing is connected before something is asked. */
export function openTailnet({ socketPath = defaultSocket(), run = runProgram }: TailnetOptions = {}): Tailnet {
  const options = socketPath === undefined ? {} : { socketPath, useSocketOnly: true }
  const ask = <Answer>(question: (client: Client) => Promise<Answer>): Promise<Answer> => inTime(options, question)
  return {
    status: async () => {
      try {
        return describeStatus(await ask((client) => client.status()))
      } catch (error) {
        return error instanceof DaemonNotRunningError ? await statusOfCommand(run) : failed()
      }
    },
    whois: async (address) => {
      try {
        const { Node: node, UserProfile: profile } = await ask((client) => client.whoIs(address))
        if (node.Tags.length > 0 || profile.LoginName === '') return undefined
        return { login: profile.LoginName, user: profile.DisplayName, node: node.Name.replace(/\.$/, '') }
      } catch (error) {
        if (error instanceof PeerNotFoundError) return undefined
        throw error
      }
    },
  }
}

function defaultSocket(): string | undefined {
  return process.platform === 'win32' ? WINDOWS_PIPE : undefined
}

async function inTime<Answer>(
  options: ConstructorParameters<typeof Client>[0],
  question: (client: Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new Client(options)
  // Without its connection, the question fails.
  const timer = setTimeout(() => client.destroy(), ANSWER_MS)
  try {
    return await question(client)
  } finally {
    clearTimeout(timer)
    client.destroy()
  }
}

/** Where nothing answers at the socket: the command says why, or reaches what we do not. */
async function statusOfCommand(run: Run): Promise<TailnetState> {
  const ran = await run('tailscale', ['status', '--json'])
  if (ran === 'absent') return { state: 'absent', message: 'Tailscale is not on this computer.' }
  const status = parseStatus(ran.stdout)
  if (status !== undefined) return describeStatus(status)
  return ran.code === 0 ? failed() : { state: 'stopped', message: 'Tailscale does not run on this computer.' }
}

function parseStatus(text: string): Status | undefined {
  try {
    return StatusSchema.safeParse(parseJSON(text)).data
  } catch {
    return undefined
  }
}

function failed(): TailnetState {
  return { state: 'failed', message: 'Tailscale did not answer in a way that is understood.' }
}
