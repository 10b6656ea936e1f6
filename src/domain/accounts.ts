/** One line of `/etc/passwd`. */
export interface Account {
  name: string
  uid: number
  gid: number
  home: string
  shell: string
}

/** The user of a workspace whose image has none. */
export const DEFAULT_USER = 'workspace'
export const FIRST_PERSON_UID = 1000
/** Above it lie `nobody` and ids handed out to services and containers. */
const LAST_PERSON_UID = 59_999
const NO_LOGIN = /\/(nologin|false|sync|halt|shutdown)$/

/** Accounts in the order of the file; lines that are not seven fields with numbers in place are passed over. */
export function parsePasswd(text: string): Account[] {
  const accounts: Account[] = []
  for (const line of text.split('\n')) {
    const [name, , uid, gid, , home, shell] = line.split(':')
    if (!name || !/^\d+$/.test(uid ?? '') || !/^\d+$/.test(gid ?? '') || home === undefined) continue
    accounts.push({ name, uid: Number(uid), gid: Number(gid), home: home || '/', shell: shell ?? '' })
  }
  return accounts
}

/** The first person of an image (`workspace`, then uid 1000, before others), whom its workspace runs as. */
export function imagePerson(accounts: readonly Account[]): Account | undefined {
  const people = accounts.filter(
    ({ uid, shell }) => uid >= FIRST_PERSON_UID && uid <= LAST_PERSON_UID && !NO_LOGIN.test(shell),
  )
  return (
    people.find(({ name }) => name === DEFAULT_USER) ?? people.find(({ uid }) => uid === FIRST_PERSON_UID) ?? people[0]
  )
}

/** Folders of the system: a home there would hide, or hand over, what the image itself has in it. */
const SYSTEM =
  /^\/(?:$|(?:bin|boot|dev|etc|lib\w*|proc|run|sbin|sys|tmp|usr)(?:\/|$)|(?:home|opt|root|srv|var|mnt|media)$)/

/** Where the home volume of a workspace goes, by the `/etc/passwd` of its image. */
export function homeIn(passwd: string): string {
  const person = imagePerson(parsePasswd(passwd))
  if (person === undefined) return `/home/${DEFAULT_USER}`
  const home = person.home.replace(/(?<=.)\/+$/, '')
  return !home.startsWith('/') || home.includes('/..') || SYSTEM.test(home) ? `/home/${person.name}` : home
}
