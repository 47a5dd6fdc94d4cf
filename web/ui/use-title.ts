import { useEffect } from 'react'

/** Names the tab after the page. */
export function useTitle(title: string, product: string): void {
  useEffect(() => {
    document.title = title ? `${title} · ${product}` : product
  }, [title, product])
}
