import { useEffect, useState } from 'react'
import type { Colour, State } from '../../../src/cases/rules/codes.ts'
import type { Piece } from '../../../src/cases/search/rules/rank.ts'
import { useGet } from '../../shell/use-api.ts'

/** A case as a quick search shows it. */
export type FoundCase = {
  id: string
  no: string
  title: string
  state: State
  colour: Colour
  reportedOn: string
  place: string
  piece?: Piece
}

export type Found = {
  cases: FoundCase[]
  organisations: { id: string; name: string }[]
  areas: { code: string; name: string; level: string }[]
  more: boolean
}

const PAUSE_MS = 150
/** So many cases stand below the box without a bar to scroll. */
const MOST = 6

/** What is found for the words, once whoever types pauses. */
export function useSearch(words: string) {
  const settled = useSettled(words.trim())
  const query = useGet<Found>(`/api/search?${new URLSearchParams({ q: settled, limit: String(MOST) })}`, {
    enabled: settled !== '',
    keep: true,
  })
  return { settled, found: settled === '' ? undefined : query.data, failed: settled !== '' && query.isError }
}

function useSettled(words: string): string {
  const [settled, setSettled] = useState(words)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [words])
  return words === '' ? '' : settled
}
