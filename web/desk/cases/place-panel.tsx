import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useText } from '../../shell/language.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Detail } from './case-view.ts'

const PlaceView = lazy(async () => ({ default: (await import('./place-view.tsx')).PlaceView }))

/** 位置与分区: loaded when the reader comes to it, so that the rest of the page does not wait for a map. */
export function PlacePanel({ c }: { c: Detail }) {
  const t = useText()
  const [box, near] = useNear()
  const { point } = c.place
  return (
    <Panel
      title={t.casePage.sections.place}
      id="place"
      extra={point && <Link to={`/map?q=${encodeURIComponent(c.no)}`}>{t.casePage.place.toMap}</Link>}
    >
      <div ref={box} className="place-box">
        {!point && <p className="muted">{t.casePage.place.noPoint}</p>}
        {point && near && (
          <Suspense fallback={<p className="muted">{t.state.loading}</p>}>
            <PlaceView c={c} point={point} />
          </Suspense>
        )}
      </div>
    </Panel>
  )
}

function useNear(): [React.RefObject<HTMLDivElement | null>, boolean] {
  const box = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(false)
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), { rootMargin: '200px' })
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  return [box, near]
}
