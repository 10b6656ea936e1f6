import { z } from 'zod'

/** Why an address cannot be cloned from; each has its own words on a screen. */
export type AddressProblem = 'shape' | 'scheme' | 'secret' | 'characters'

const HOST = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?`
const USER = String.raw`[A-Za-z0-9_](?:[A-Za-z0-9._+-]*)`
const HTTPS = new RegExp(`^https://(?:${USER}@)?${HOST}/[^?#]+$`)
const SSH = new RegExp(`^ssh://(?:${USER}@)?${HOST}/[^?#]+$`)
/** As in `git@github.com:acme/api.git`. A path that begins with a colon would name a transport of git's own. */
const SCP_LIKE = new RegExp(`^${USER}@${HOST.replace(String.raw`(?::\d{1,5})?`, '')}:(?![:-])[^?#:]+$`)
/** Tokens are put in place of the user's name, with no password behind. */
const TOKEN_LIKE = /^https:\/\/(?:gh[a-z]_|github_pat_|glpat-|x-token|[^@/]{32,}@)/i

/**
 * What is wrong with an address to clone from; undefined for `https://…`, `ssh://…` and `user@host:path`. Neither files
 * nor plain HTTP nor the transports that run programs (`ext::…`), nothing that git would take for an option, and no
 * password or token: an address is written down and shown.
 */
export function addressProblem(address: string): AddressProblem | undefined {
  if (/[\s\\]|\p{Cc}|\p{Cf}/u.test(address)) return 'characters'
  if (/^[a-z+.-]+:\/\/[^/@]*:[^/@]*@/i.test(address) || TOKEN_LIKE.test(address) || /[?#]/.test(address)) {
    return 'secret'
  }
  if (HTTPS.test(address) || SSH.test(address) || SCP_LIKE.test(address)) return undefined
  return /^[a-z][a-z0-9+.-]*:(?:\/\/|:)/i.test(address) && !/^(?:https|ssh):\/\//.test(address) ? 'scheme' : 'shape'
}

const WORDS: Record<AddressProblem, string> = {
  shape: 'That does not look like a Git address. Example: https://github.com/acme/api',
  scheme: 'Only https:// and ssh:// addresses, and those like git@github.com:acme/api, are cloned from.',
  secret: 'An address is written down and shown: leave password, token and query out, and use credentials.',
  characters: 'An address holds no spaces, backslashes or control characters.',
}

/** An address that a repository is cloned from; see `addressProblem`. */
export const RepositoryAddress = z
  .string()
  .max(2048)
  .superRefine((address, context) => {
    const problem = addressProblem(address)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: WORDS[problem] })
  })

/**
 * Whether git takes this for the name of a branch or tag (git-check-ref-format(1)); nothing that it would take for an
 * option is one.
 */
export function isRefName(name: string): boolean {
  if (name === '' || name.length > 255 || name === '@' || name.startsWith('-')) return false
  if (/[\s~^:?*[\\]|\p{Cc}|\.\.|@\{|\/\/|\.$|^\/|\/$/u.test(name)) return false
  return name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'))
}

/** The name of a branch or a tag. */
export const RefName = z.string().refine(isRefName, 'That is not a name that Git takes for a branch.')
