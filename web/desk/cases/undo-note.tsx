import { Button, message } from 'antd'
import { useEffect, useState } from 'react'

const SHOWN_S = 20
let notes = 0

type Offer = { done: string; undo: string; take(): void; until?: { at: string; say(clock: string): string } | undefined }

/** Says what was done, and for a while how to take it back. */
export function offerUndo({ done, undo, take, until }: Offer): void {
  const key = `undo-${notes++}`
  const taken = () => {
    message.destroy(key)
    take()
  }
  message.open({
    key,
    type: 'success',
    duration: SHOWN_S,
    content: (
      <span className="undo-note">
        {done}{' '}
        <Button size="small" onClick={taken}>
          {undo}
        </Button>{' '}
        {until && <CountDown until={until.at} say={until.say} />}
      </span>
    ),
  })
}

/** The minutes and seconds that are left, as they run. */
export function CountDown({ until, say }: { until: string; say(clock: string): string }) {
  const left = useSecondsTo(until)
  return <span className="muted small number">{say(clockOf(left))}</span>
}

/** Seconds to a moment, every second anew; 0 when it has passed. */
export function useSecondsTo(until: string): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.ceil((Date.parse(until) - now) / 1000))
}

const clockOf = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
