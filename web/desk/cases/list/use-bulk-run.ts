import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { BulkLine } from '../../../../src/cases/rules/bulk.ts'
import { useLanguage } from '../../../shell/language.tsx'
import type { Me } from '../../../shell/me.ts'
import { DATA_KEY, SESSION_KEY } from '../../../shell/query-client.ts'
import { request } from '../../../shell/request.ts'
import { useDraft } from '../../../ui/use-draft.ts'

export type BulkAct = { move: string } & Record<string, unknown>

/** A run as it is kept until it is over: under its key, a case that was done is not done again. */
export type Run = { key: string; act: BulkAct; cases: { id: string; version?: number }[]; lines: BulkLine[] }

export type RunState = 'running' | 'stopped' | 'over'

const CHUNK = 10

/** Acts on many cases, some at a time, each in a transaction of its own on the server; it can be stopped, and goes on after a reload. */
export function useBulkRun() {
  const { language } = useLanguage()
  const client = useQueryClient()
  const kept = useDraft<Run>('bulk')
  const stop = useRef(false)
  const [run, setRun] = useState<Run | undefined>()
  const [state, setState] = useState<RunState>()
  const [error, setError] = useState<Error>()

  const send = useCallback(
    (o: { key: string; body: unknown }) => {
      const csrfToken = client.getQueryData<Me | null>(SESSION_KEY)?.csrfToken
      const call = { method: 'POST' as const, path: '/api/cases/bulk', language, ...o, ...(csrfToken && { csrfToken }) }
      return request<{ lines: BulkLine[] }>(call)
    },
    [client, language],
  )

  const go = useCallback(
    async (from: Run) => {
      stop.current = false
      setState('running')
      setError(undefined)
      let at = from
      setRun(at)
      kept.write(at)
      try {
        while (at.lines.length < at.cases.length && !stop.current) {
          const cases = at.cases.slice(at.lines.length, at.lines.length + CHUNK)
          const { lines } = await send({ key: at.key, body: { act: at.act, cases, dryRun: false } })
          at = { ...at, lines: [...at.lines, ...lines] }
          setRun(at)
          kept.write(at)
        }
      } catch (failure) {
        setError(failure as Error)
      }
      const over = at.lines.length >= at.cases.length
      if (over) kept.clear()
      setState(over ? 'over' : 'stopped')
      await client.invalidateQueries({ queryKey: DATA_KEY })
    },
    [client, kept, send],
  )

  return {
    run,
    state,
    error,
    unfinished: kept.read,
    start: (act: BulkAct, cases: Run['cases']) => void go({ key: crypto.randomUUID(), act, cases, lines: [] }),
    resume: (from: Run) => void go(from),
    halt: () => {
      stop.current = true
    },
    forget: () => {
      kept.clear()
      setRun(undefined)
      setState(undefined)
      setError(undefined)
    },
    dryRun: (act: BulkAct, what: { cases: Run['cases'] } | { filter: Record<string, string> }) =>
      send({ key: crypto.randomUUID(), body: { act, ...what, dryRun: true } }),
  }
}
