import { Drawer } from 'antd'
import type { ReactNode } from 'react'

/** A form that slides in beside the page, over all of it on a phone. Closing it loses nothing that its form keeps. */
export function Sheet({ title, open, onClose, wide = false, children }: Props) {
  return (
    <Drawer title={title} open={open} onClose={onClose} size={wide ? 'min(860px, 100vw)' : 'min(560px, 100vw)'} destroyOnHidden>
      {children}
    </Drawer>
  )
}

type Props = { title: ReactNode; open: boolean; onClose(): void; wide?: boolean; children: ReactNode }
