import type { FailureReason } from '../../../contract/agent/workspace.ts'
import { shortAddress } from '../../../domain/repository-address.ts'
import { StepFailed } from '../step-failed.ts'

export interface FailedClone {
  /** The end of what git, ssh and curl said, in English (`LC_ALL=C`). */
  said: string
  address: string
  branch: string | undefined
}

/** Which words mean what; the first that fits, so what is more particular stands before what is less. */
const SIGNS: readonly (readonly [FailureReason, RegExp])[] = [
  ['disk_full', /No space left on device|Disk quota exceeded|unable to write file|write error: /i],
  ['branch_missing', /Remote branch .* not found in upstream/i],
  ['host_key', /Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/i],
  ['host_unknown', /Could not resolve host|Name or service not known|Temporary failure in name resolution/i],
  ['certificate', /certificate|CAfile|CA cert|gnutls_handshake/i],
  [
    'host_unreachable',
    /Connection refused|timed out|No route to host|Network is unreachable|Failed to connect|Couldn't connect|Could not connect/i,
  ],
  [
    'authentication',
    /Permission denied|Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|Access denied|error: 40[13]|Too many authentication failures|no mutual signature/i,
  ],
  [
    'repository_missing',
    /repository .* not found|Repository not found|does not appear to be a git repository|error: 404|no such repository/i,
  ],
  [
    'broken_off',
    /early EOF|unexpected disconnect|RPC failed|hung up|Connection (?:reset|closed)|invalid index-pack output|transfer closed|Operation too slow/i,
  ],
]

/** A clone that failed, told apart by what git said: what it was, and what a person can do about it. */
export function cloneFailure(clone: FailedClone): StepFailed {
  const reason = SIGNS.find(([, sign]) => sign.test(clone.said))?.[0]
  if (reason === undefined) {
    return new StepFailed(
      'unknown',
      `${shortAddress(clone.address)} was not cloned: ${lastWords(clone.said)}`,
      'The log has all that Git said. Put it right in a terminal of this workspace, then try the step again.',
    )
  }
  const [message, hint] = tell(reason, clone)
  return new StepFailed(reason, message, hint)
}

function tell(reason: FailureReason, { said, address, branch }: FailedClone): [message: string, hint: string] {
  const repository = shortAddress(address)
  const host = hostOf(address)
  switch (reason) {
    case 'authentication':
      return isSsh(address)
        ? [
            `${host} took none of the SSH keys of this workspace.`,
            'Choose a key that may read the repository: add it to the files under credentials, then try the step again.',
          ]
        : [
            `${host} asked for a login to read ${repository}, and there was none that it took.`,
            'Add a token under credentials (GITHUB_TOKEN, GITLAB_TOKEN, or a .git-credentials file), then try the step again.',
          ]
    case 'branch_missing':
      return [
        `${repository} has no branch or tag ${branch ?? ''}.`,
        'Look at its spelling and create the workspace again, or leave it empty for the branch that the repository names.',
      ]
    case 'host_unknown':
      return [
        `The name ${host} could not be found.`,
        'Look at its spelling, and at the network and DNS of the worker. Then try the step again.',
      ]
    case 'host_unreachable':
      return [
        `${host} did not answer.`,
        'See whether it is reached from the worker (VPN, proxy, firewall), then try the step again.',
      ]
    case 'host_key':
      return [
        `${host} shows another SSH host key than the one that is known of it.`,
        'If its key was changed on purpose, remove the old one from ~/.ssh/known_hosts, then try the step again.',
      ]
    case 'certificate':
      return [
        `The certificate of ${host} was not accepted.`,
        'For an authority of your own set GIT_SSL_CAINFO to the path of its certificate in the workspace, then try the step again.',
      ]
    case 'repository_missing':
      return [
        `${repository} was not found.`,
        'Look at its spelling. Hosts also say so of a private repository to whoever may not read it: see the credentials.',
      ]
    case 'disk_full':
      return [
        `The disk of the worker is full: ${repository} does not fit.`,
        'Make room, or delete a workspace that is no longer needed, then try the step again.',
      ]
    case 'broken_off':
      return [
        `The connection to ${host} broke off before all of ${repository} had come.`,
        'Try the step again: what had come was removed.',
      ]
    default:
      return [`${repository} was not cloned: ${lastWords(said)}`, 'Try the step again.']
  }
}

/** What git itself says last, without the word that it begins with. */
function lastWords(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '')
  const fatal = lines.findLast((line) => /^(?:fatal|error|remote): /.test(line)) ?? lines.at(-1) ?? 'git said nothing'
  return fatal.replace(/^(?:fatal|error|remote): /, '').slice(0, 300)
}

function isSsh(address: string): boolean {
  return !address.startsWith('https://')
}

function hostOf(address: string): string {
  return shortAddress(address).split('/')[0] ?? address
}
