import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { asApiProblem } from './api-problem.ts'

export const SESSION_KEY = ['session'] as const
/** Everything the server said, session aside; a write makes all of it stale. */
export const DATA_KEY = ['api'] as const

/** The cache of what the server said. A 401 anywhere means that nobody is signed in any more. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (asApiProblem(error).status === 401) client.setQueryData(SESSION_KEY, null)
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 15_000, retry: isWorthRetrying, refetchOnWindowFocus: true },
      // A write is tried at once even where the browser thinks it is offline: the user waits for the answer.
      mutations: { networkMode: 'always', retry: isWorthRetrying, retryDelay: 800 },
    },
  })
  return client
}

// Only a lost answer is asked for again (writes carry their key, so the same intention is kept); an answer is an answer.
function isWorthRetrying(failures: number, error: unknown): boolean {
  const { status } = asApiProblem(error)
  return failures < 2 && (status === 0 || status === 502 || status === 503 || status === 504)
}
