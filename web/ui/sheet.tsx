import { Drawer } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'

/** A form that slides in beside the page, over all of it on a phone. Closing it loses nothing that its form keeps. */
export function Sheet({ title, open, onClose, wide = false, children }: Props) {
  useGiveFocusBack()
  return (
    <Drawer title={title} open={open} onClose={onClose} size={wide ? 'min(860px, 100vw)' : 'min(560px, 100vw)'} destroyOnHidden>
      {children}
    </Drawer>
  )
}

type Props = { title: ReactNode; open: boolean; onClose(): void; wide?: boolean; children: ReactNode }

// The form goes as soon as it is closed: whoever works by keyboard goes on from where it was opened, or else from the page.
function useGiveFocusBack(): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      const back = opener?.isConnected && opener !== document.body ? opener : document.getElementById('content')
      setTimeout(() => (back as HTMLElement | null)?.focus({ preventScroll: true }))
    },
    [opener],
  )
}
