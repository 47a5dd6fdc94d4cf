import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Permission } from '../../src/people/rules/permissions.ts'
import { clearDrafts } from '../ui/use-draft.ts'
import { asApiProblem } from './api-problem.ts'
import { keepLanguage, useLanguage } from './language.tsx'
import { keepLook, useLook } from './look.tsx'
import type { Me } from './me.ts'
import { DATA_KEY, SESSION_KEY } from './query-client.ts'
import { request } from './request.ts'

/** Who is signed in; null is nobody. */
export function useSession(): UseQueryResult<Me | null> {
  const { language } = useLanguage()
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: async ({ signal }) => {
      try {
        return await request<Me>({ path: '/api/session', language, signal })
      } catch (error) {
        if (asApiProblem(error).status === 401) return null
        throw error
      }
    },
    staleTime: 60_000,
  })
}

/** Set by the session gate for all that stands below it. */
export const MeContext = createContext<Me | undefined>(undefined)

/** The signed-in person; only below the session gate. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('nobody is signed in')
  return me
}

/** Whether the signed-in person may do this at all. */
export function useCan(permission: Permission): boolean {
  return useMe().permissions.includes(permission)
}

export function useSignIn() {
  const { language } = useLanguage()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { username: string; password: string }) =>
      request<Me>({ method: 'POST', path: '/api/session', body, language }),
    onSuccess: (me) => client.setQueryData(SESSION_KEY, me),
  })
}

/** Ends the session and forgets what was read and typed. */
export function useSignOut() {
  const { language } = useLanguage()
  const { chosen } = useLook()
  const client = useQueryClient()
  const csrfToken = client.getQueryData<Me | null>(SESSION_KEY)?.csrfToken ?? ''
  return useMutation({
    mutationFn: () => request<void>({ method: 'DELETE', path: '/api/session', key: crypto.randomUUID(), csrfToken, language }),
    onSuccess: () => {
      clearDrafts()
      client.setQueryData(SESSION_KEY, null)
      client.removeQueries({ queryKey: DATA_KEY })
      keepLanguage(language)
      keepLook(chosen)
    },
  })
}
