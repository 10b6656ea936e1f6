import { type Account, DEFAULT_USER, FIRST_PERSON_UID, imagePerson, parsePasswd } from '../../domain/accounts.ts'

export type { Account }

/** The account files of a container as text; what is missing is empty. */
export interface AccountFiles {
  passwd: string
  group: string
  shadow: string
}

export type ChosenAccount =
  | { account: Account; files: undefined }
  /** The account has to be made: `files` are the new contents. */
  | { account: Account; files: AccountFiles }

/** Group ids that name `user` as a member, beside its own group. */
export function supplementaryGroups(group: string, user: string): number[] {
  const ids: number[] = []
  for (const line of group.split('\n')) {
    const [, , gid, members] = line.split(':')
    if (gid && /^\d+$/.test(gid) && members?.split(',').includes(user)) ids.push(Number(gid))
  }
  return ids
}

/**
 * The account that a workspace runs as: `wanted`, else `workspace`, else the image's first person (uid 1000 before
 * others). Where there is none, it is made: `wanted` or `workspace`, uid and gid 1000 or the next that are free.
 */
export function chooseAccount(files: AccountFiles, wanted: string | undefined, shell: string): ChosenAccount {
  const accounts = parsePasswd(files.passwd)
  const found = wanted === undefined ? imagePerson(accounts) : accounts.find(({ name }) => name === wanted)
  if (found) return { account: found, files: undefined }
  return makeAccount(files, wanted ?? DEFAULT_USER, shell)
}

function makeAccount(files: AccountFiles, name: string, shell: string): ChosenAccount {
  const accounts = parsePasswd(files.passwd)
  const groups = parseGroups(files.group)
  const ownGroup = groups.find((group) => group.name === name)
  const takenUids = new Set(accounts.map(({ uid }) => uid))
  const takenGids = new Set(groups.map(({ gid }) => gid))
  let id = FIRST_PERSON_UID
  while (takenUids.has(id) || (ownGroup === undefined && takenGids.has(id))) id += 1
  const gid = ownGroup?.gid ?? id
  const account: Account = { name, uid: id, gid, home: `/home/${name}`, shell }
  return {
    account,
    files: {
      passwd: appendLine(files.passwd, `${name}:x:${id}:${gid}::${account.home}:${shell}`),
      group: ownGroup ? files.group : appendLine(files.group, `${name}:x:${gid}:`),
      // "*" never matches a password, and unlike "!" does not lock the account against public keys.
      shadow: appendLine(files.shadow, `${name}:*:19000:0:99999:7:::`),
    },
  }
}

/** `passwd` with the home that `account` has. All else in it stays as it is. */
export function withHome(passwd: string, account: Account): string {
  return passwd
    .split('\n')
    .map((line) => {
      const fields = line.split(':')
      if (fields[0] !== account.name || fields.length !== 7) return line
      return fields.with(5, account.home).join(':')
    })
    .join('\n')
}

/**
 * `shadow` with an account that a key may open. "!" alone says that it never had a password, and makes an sshd without
 * PAM refuse its keys as well; "*" has no password either. A password that somebody has locked stays so.
 */
export function withoutLock(shadow: string, name: string): string {
  return shadow
    .split('\n')
    .map((line) => {
      const fields = line.split(':')
      return fields[0] === name && /^!+\*?$/.test(fields[1] ?? '') ? fields.with(1, '*').join(':') : line
    })
    .join('\n')
}

function parseGroups(text: string): { name: string; gid: number }[] {
  return text.split('\n').flatMap((line) => {
    const [name, , gid] = line.split(':')
    return name && gid && /^\d+$/.test(gid) ? [{ name, gid: Number(gid) }] : []
  })
}

function appendLine(text: string, line: string): string {
  return `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${line}\n`
}
