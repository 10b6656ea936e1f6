import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { PairedClient, PairingCode, PairResponse, Scope } from '../../../contract/agent/clients.ts'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import { clientsKey } from '../../worker/keys.ts'
import { FED, type Worker } from '../../worker/workers.ts'

/** A code that was made here, and for what. */
export type OpenCode = Pick<PairingCode, 'code' | 'scope'> & {
  status: 'open'
  /** When it is over, in ms since the epoch by the clock of this computer. */
  endsAtMs: number
  /** Who was paired already. */
  known: ReadonlySet<string>
}
export type CodeState = { status: 'none' } | OpenCode | { status: 'used'; name: string } | { status: 'over' }

/**
 * A code as it came at `askedAtMs`, which is a time of this computer. The worker's clock may be minutes from ours: when the code ends is
 * taken from there only where its agent tells no more.
 */
export function openCode(
  { code, scope, expiresAt, lifetimeMs }: PairingCode,
  { askedAtMs, listed }: { askedAtMs: number; listed: readonly PairedClient[] },
): OpenCode {
  const endsAtMs = lifetimeMs === undefined ? Date.parse(expiresAt) : askedAtMs + lifetimeMs
  return { code, scope, status: 'open', endsAtMs, known: new Set(listed.map(({ id }) => id)) }
}

/** The name of whoever was paired since the code was made; programs and users of a tailnet come without a code. */
export function newcomerOf({ known }: OpenCode, listed: readonly PairedClient[] | undefined): string | undefined {
  return listed?.find(({ id, kind = 'paired' }) => kind === 'paired' && !known.has(id))?.name
}

/** Who is paired with a worker: read anew each time that the page is opened, then kept fresh by its events. */
export function useClients(worker: Worker) {
  const queries = useQueryClient()
  const queryKey = clientsKey(worker.id)
  const { clients } = worker.client.api
  const [code, setCode] = useState<CodeState>({ status: 'none' })
  const query = useQuery<readonly PairedClient[]>({
    queryKey,
    queryFn: () => clients.list(),
    ...FED,
    // When a client was last seen is told by no event.
    refetchOnMount: 'always',
  })
  const newcomer = code.status === 'open' ? newcomerOf(code, query.data) : undefined
  useEffect(() => {
    if (newcomer !== undefined) announce(strings.access.pairedNow(newcomer))
  }, [newcomer])
  return {
    query,
    code: newcomer === undefined ? code : ({ status: 'used', name: newcomer } as const),
    makeCode: async (scope: Scope): Promise<void> => {
      const listed = query.data ?? (await clients.list())
      const askedAtMs = Date.now()
      setCode(openCode(await clients.pair({ scope }), { askedAtMs, listed }))
    },
    addToken: async (input: { name: string; scope: Scope; days: number }): Promise<PairResponse> => {
      const made = await clients.addToken(input)
      await queries.invalidateQueries({ queryKey })
      return made
    },
    codeIsOver: (): void => setCode({ status: 'over' }),
    revoke: async (id: string): Promise<void> => {
      await clients.revoke({ id })
      await queries.invalidateQueries({ queryKey })
    },
  }
}
