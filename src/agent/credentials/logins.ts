import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Credentials as CredentialsInfo, Login } from '../../contract/agent/config.ts'
import { AgentError } from '../agent-error.ts'
import type { Credentials } from './credentials.ts'

const KnownLogin = z.strictObject({
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  label: z.string(),
  /** Where a program keeps who it is signed in as: the first is the sign-in itself, the others go with it where they are. */
  files: z.array(z.string().startsWith('~/')).min(1),
})
type KnownLogin = z.infer<typeof KnownLogin>

const Manifest = z.object({ logins: z.array(KnownLogin).default([]) })

/** The programs whose sign-ins are looked for. */
export async function loadKnownLogins(resourcesDir: string): Promise<KnownLogin[]> {
  return Manifest.parse(JSON.parse(await readFile(path.join(resourcesDir, 'manifest.json'), 'utf8'))).logins
}

export interface LoginsDeps {
  known: readonly KnownLogin[]
  home: string
  credentials: Credentials
  /** Destination → source, as it is configured now. */
  mappings(): Readonly<Record<string, string>>
}

/** Sign-ins found on this computer. They are offered: nothing is read or given before somebody says so. */
export interface Logins {
  list(): Promise<Login[]>
  /** Has every workspace receive one. Throws `AgentError` `NOT_FOUND`, and as a change of credentials does. */
  use(kind: string): Promise<CredentialsInfo>
}

export function findLogins({ known, home, credentials, mappings }: LoginsDeps): Logins {
  const isHere = (file: string): Promise<boolean> =>
    access(path.join(home, file.slice(2))).then(
      () => true,
      () => false,
    )
  const found = async (login: KnownLogin): Promise<boolean> => {
    const [first = ''] = login.files
    return await isHere(first)
  }
  return {
    list: async () => {
      const here: Login[] = []
      for (const login of known) {
        const { kind, label, files } = login
        if (await found(login)) here.push({ kind, label, isGiven: Object.hasOwn(mappings(), files[0] ?? '') })
      }
      return here
    },
    use: async (kind) => {
      const login = known.find((one) => one.kind === kind)
      if (login === undefined || !(await found(login))) {
        const label = login?.label ?? `“${kind}”`
        throw new AgentError('NOT_FOUND', `No sign-in of ${label} was found on this computer.`, {
          hint: 'Sign in there, or set an environment variable with its key.',
        })
      }
      const files: Record<string, string> = {}
      for (const file of login.files) if (await isHere(file)) files[file] = file
      return await credentials.update({ files })
    },
  }
}
