import type { Logger } from 'pino'
import type { VaultAnswer, VaultQuestion } from '../../contract/desktop/vault.ts'
import { assertNever } from '../../domain/assert-never.ts'
import type { Vault } from './vault.ts'

/** Answers one question of the agent's process. Never rejects: an answer without secrets says that it failed. */
export async function answerAgent(vault: Vault, question: VaultQuestion, log: Logger): Promise<VaultAnswer> {
  const { id, ask } = question
  try {
    const secrets = await carryOut(vault, ask)
    return { kind: 'vault-answer', id, secrets, status: vault.status.value }
  } catch (error) {
    // The code alone: words of a parser could quote what it was given.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    log.error({ verb: ask.verb, code }, 'the vault could not do what was asked')
    return { kind: 'vault-answer', id, status: vault.status.value }
  }
}

function carryOut(vault: Vault, ask: VaultQuestion['ask']): ReturnType<Vault['load']> {
  switch (ask.verb) {
    case 'load':
      return vault.load()
    case 'apply':
      return vault.apply(ask.patch)
    default:
      return assertNever(ask)
  }
}
