import { experimental_streamedQuery as streamedQuery, useQuery } from '@tanstack/react-query'
import type { WorkerSuggestions } from '../../../contract/desktop/pairing.ts'
import type { WorkerRegistry } from '../../platform/platform.ts'
import { suggestionsKey } from '../../worker/keys.ts'

export type Suggestions = ReturnType<typeof useSuggestions>

/** The computers of the tailnet as far as they are known, asked anew whenever `isShown` begins and the window is come back to. */
export function useSuggestions(registry: WorkerRegistry, isShown: boolean) {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: suggestionsKey,
    queryFn: streamedQuery<WorkerSuggestions, WorkerSuggestions | null>({
      streamFn: ({ signal }) => registry.suggestions(signal),
      reducer: (_before, now) => now,
      initialValue: null,
      // What is on the screen stays until all is known anew.
      refetchMode: 'replace',
    }),
    enabled: isShown,
    gcTime: 0,
    retry: false,
    // Whoever went to start Tailscale comes back to this window.
    refetchOnWindowFocus: 'always',
  })
  return { found: data ?? undefined, error, isLooking: isFetching, lookAgain: () => void refetch() }
}
