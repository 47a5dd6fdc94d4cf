import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useText } from '../../shell/language.tsx'
import { useMe } from '../../shell/session.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { useRegions } from '../directory.ts'

/** Leads to the list as it stood on a day. */
export function AsOfForm({ today, region, day: given }: { today: string; region: string | undefined; day?: string }) {
  const t = useText()
  const go = useNavigate()
  const [day, setDay] = useState(given ?? today)
  const show = () => day && go(`/board/as-of?${new URLSearchParams({ day, ...(region && { region }) })}`)
  return (
    <form
      className="panel as-of-form"
      onSubmit={(e) => {
        e.preventDefault()
        show()
      }}
    >
      <label htmlFor="as-of-day">{t.board.asOf}</label>
      <DayInput id="as-of-day" value={day} max={today} onChange={(chosen) => setDay(chosen ?? '')} />
      <Button type="primary" htmlType="submit" disabled={!day}>
        {t.board.show}
      </Button>
    </form>
  )
}

/** The name of a county; of the city, that it is the city itself. */
export function useRegionName(region: string | undefined): string {
  const t = useText()
  const me = useMe()
  const known = useRegions().find((area) => area.code === region)?.name
  return known ?? (region === String(me.tenant) ? t.board.cityLevel : (region ?? ''))
}
