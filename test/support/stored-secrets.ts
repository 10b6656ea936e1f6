import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const SecretFile = z.object({ secrets: z.record(z.string(), z.string()) })

/** What the file of secrets in an agent's folder holds; nothing where there is none. */
export async function storedSecrets(configDir: string): Promise<Record<string, string>> {
  const text = await readFile(path.join(configDir, 'secrets.json'), 'utf8').catch(() => '{"secrets":{}}')
  return SecretFile.parse(JSON.parse(text)).secrets
}
