import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changedSince } from '../../shell/changed-since.ts'
import { useLanguage } from '../../shell/language.tsx'
import { DATA_KEY } from '../../shell/query-client.ts'
import { useMe } from '../../shell/session.ts'
import type { Detail, Happening } from './case-view.ts'
import { useEvents } from './queries.ts'

const EVERY_MS = 10_000

/** While the page is looked at, asks every ten seconds whether somebody moved the case, and shows what is new where it stands. */
export function useWatch(c: Detail): void {
  const { language } = useLanguage()
  const client = useQueryClient()
  const path = `/api/cases/${c.id}`
  useQuery({
    queryKey: ['watch', language, path, c.version],
    queryFn: async ({ signal }) => {
      const newer = await changedSince<Detail>({ path, version: c.version, language, signal })
      if (!newer) return c.version
      client.setQueryData([...DATA_KEY, language, path], newer)
      await client.invalidateQueries({
        queryKey: DATA_KEY,
        predicate: ({ queryKey }) => String(queryKey[2]).startsWith(`${path}/`),
      })
      return newer.version
    },
    initialData: c.version,
    staleTime: EVERY_MS - 1,
    refetchInterval: EVERY_MS,
    gcTime: 0,
    retry: false,
  })
}

/** What others did since this page was opened or since it was last acknowledged, oldest first. */
export function useOthers(c: Detail): { others: Happening[]; acknowledge(): void } {
  const [known, setKnown] = useState(c.version)
  const others = useHappenedSince(c, known)
  return { others, acknowledge: () => setKnown(c.version) }
}

/** What others did to a case after a version. */
export function useHappenedSince(c: Detail, version: number): Happening[] {
  const me = useMe()
  const events = useEvents(c.id).data?.events ?? []
  if (c.version <= version) return []
  return events.filter((event) => event.version > version && event.by.account !== me.account)
}
