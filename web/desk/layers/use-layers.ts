import { useEffect } from 'react'
import { useGet } from '../../shell/use-api.ts'
import type { LayerRow } from './layer-view.ts'

/** The layers; asked again every two seconds while one of them is being read. */
export function useLayers(history: boolean) {
  const query = useGet<{ items: LayerRow[] }>(`/api/layers${history ? '?history=true' : ''}`, { keep: true })
  const waits = query.data?.items.some((layer) => layer.state === 'waiting' && !layer.removedAt) ?? false
  const { refetch } = query
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(() => void refetch(), 2000)
    return () => clearInterval(timer)
  }, [waits, refetch])
  return query
}
