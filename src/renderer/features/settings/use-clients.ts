import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { PairedClient, PairingCode, PairResponse, Scope } from '../../../contract/agent/clients.ts'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import { clientsKey } from '../../worker/keys.ts'
import { FED, type Worker } from '../../worker/workers.ts'

/** A code that was made here, and for what. `known`: who was paired already. */
export type OpenCode = PairingCode & { status: 'open'; known: ReadonlySet<string> }
export type CodeState = { status: 'none' } | OpenCode | { status: 'used'; name: string } | { status: 'over' }

/** The name of whoever was paired since the code was made. */
function newcomerOf({ known }: OpenCode, paired: readonly PairedClient[] | undefined): string | undefined {
  return paired?.find(({ id }) => !known.has(id))?.name
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
      const known = new Set(query.data?.map(({ id }) => id))
      setCode({ ...(await clients.pair({ scope })), status: 'open', known })
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
