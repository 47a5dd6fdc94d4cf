import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import type { Box } from '../../../src/places/base-map/rules/box.ts'
import type { DrawMode } from '../../map/draw.ts'
import { useMapText } from './texts.ts'

type Props = {
  /** Absent where there is no map to draw on. */
  draw: ((mode: DrawMode) => void) | undefined
  view: Box | undefined
  counties: readonly { code: string; name: string; box: Box }[]
  goTo(box: Box): void
  apply(box: Box): void
  clear: (() => void) | undefined
}

/** Narrows by an area: drawn, typed, or cleared again; and moves to a county. All of it without a mouse too. */
export function AreaPanel({ draw, view, counties, goTo, apply, clear }: Props) {
  const t = useMapText()
  return (
    <div className="stack">
      {draw && (
        <div className="row">
          <Button onClick={() => draw('rectangle')}>{t.rectangle}</Button>
          <Button onClick={() => draw('polygon')}>{t.polygon}</Button>
        </div>
      )}
      {clear && (
        <Button danger onClick={clear}>
          {t.clearArea}
        </Button>
      )}
      <TypedBox view={view} apply={apply} />
      {counties.length > 0 && draw && (
        <Select
          aria-label={t.toCounty}
          placeholder={t.toCounty}
          value={null}
          options={counties.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(code) => goTo(counties.find((county) => county.code === code)!.box)}
        />
      )}
    </div>
  )
}

const SIDES = ['west', 'south', 'east', 'north'] as const

function TypedBox({ view, apply }: Pick<Props, 'view' | 'apply'>) {
  const t = useMapText()
  const [typed, setTyped] = useState(['', '', '', ''])
  const id = useId()
  const [wrong, setWrong] = useState(false)
  const submit = () => {
    const box = typed.map(Number) as Box
    const holds = typed.every((text) => text.trim() !== '') && isBox(box)
    setWrong(!holds)
    if (holds) apply(box)
  }
  return (
    <form
      className="stack"
      onSubmit={(e) => {
        e.preventDefault()
        submit()
      }}
    >
      <fieldset className="map-box">
        <legend>{t.typeBox}</legend>
        {SIDES.map((side, i) => (
          <label key={side} htmlFor={`${id}-${side}`}>
            {t[side]}
            <Input
              id={`${id}-${side}`}
              inputMode="decimal"
              value={typed[i]}
              status={wrong ? 'error' : ''}
              onChange={(e) => setTyped(typed.with(i, e.target.value))}
            />
          </label>
        ))}
      </fieldset>
      {wrong && (
        <p className="late small" role="alert">
          {t.badBox}
        </p>
      )}
      <div className="row">
        <Button htmlType="submit" type="primary">
          {t.apply}
        </Button>
        {view && <Button onClick={() => setTyped(view.map((degrees) => degrees.toFixed(4)))}>{t.useView}</Button>}
      </div>
    </form>
  )
}

function isBox([west, south, east, north]: Box): boolean {
  return west >= -180 && east <= 180 && west < east && south >= -90 && north <= 90 && south < north
}
