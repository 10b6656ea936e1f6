import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { VaultSecrets } from '../../contract/desktop/vault.ts'
import { type Keychain, KeychainUnavailable } from './keychain.ts'

/** The secrets of one worker, read and written whole. Rejects with `KeychainUnavailable`. */
export interface StoredSecrets {
  read(): Promise<VaultSecrets>
  write(secrets: VaultSecrets): Promise<void>
}

/** What the entry of a worker holds: its secrets, or where their parts are. */
const Head = z.union([
  z.strictObject({ version: z.literal(1), secrets: VaultSecrets }),
  z.strictObject({ version: z.literal(1), generation: z.string(), parts: z.number().int().min(1).max(4_096) }),
])
type Head = z.infer<typeof Head>

/**
 * All secrets of a worker in one entry of the keychain, so that one question of the system is for all of them, and a
 * change is seen whole or not at all. What is longer than `maxEntryChars` goes into entries of its own first, under a name
 * that nobody reads before the worker's entry names it.
 */
export function keychainSecrets(deps: { keychain: Keychain; account: string; maxEntryChars: number }): StoredSecrets {
  const { keychain, account, maxEntryChars } = deps
  const partName = (generation: string, index: number): string => `${account}.${generation}.${index}`

  const readHead = async (): Promise<Head | undefined> => {
    const text = await keychain.read(account)
    return text === undefined ? undefined : understood(Head, text)
  }
  const readParts = async (generation: string, count: number): Promise<VaultSecrets> => {
    const parts: string[] = []
    for (let index = 0; index < count; index += 1) {
      const part = await keychain.read(partName(generation, index))
      if (part === undefined) throw damaged()
      parts.push(part)
    }
    return understood(VaultSecrets, parts.join(''))
  }
  const writeParts = async (text: string): Promise<Head> => {
    const generation = randomBytes(4).toString('hex')
    const parts = Math.ceil(text.length / maxEntryChars)
    for (let index = 0; index < parts; index += 1) {
      const part = text.slice(index * maxEntryChars, (index + 1) * maxEntryChars)
      await keychain.write(partName(generation, index), part)
    }
    return { version: 1, generation, parts }
  }
  return {
    read: async () => {
      const head = await readHead()
      if (head === undefined) return {}
      return 'secrets' in head ? head.secrets : await readParts(head.generation, head.parts)
    },
    write: async (secrets) => {
      const before = await readHead()
      const whole = ascii(JSON.stringify({ version: 1, secrets } satisfies Head))
      const head =
        whole.length <= maxEntryChars ? whole : JSON.stringify(await writeParts(ascii(JSON.stringify(secrets))))
      await keychain.write(account, head)
      if (before === undefined || 'secrets' in before) return
      for (let index = 0; index < before.parts; index += 1) await keychain.remove(partName(before.generation, index))
    },
  }
}

/** JSON in one byte a character, so that its length is its size and a cut never parts a character. */
function ascii(json: string): string {
  return json.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function understood<Value>(shape: z.ZodType<Value>, text: string): Value {
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    throw damaged()
  }
}

/** It is not written over: a newer Berth may understand it. */
function damaged(): KeychainUnavailable {
  return new KeychainUnavailable('failed', 'The entry of Berth in the keychain is damaged, or of a newer version.')
}
