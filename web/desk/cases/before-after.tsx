import { Button, Select } from 'antd'
import { useId, useRef, useState } from 'react'
import type { EvidenceItem } from '../../../src/cases/rules/case.ts'
import { photoPairs } from '../../../src/cases/rules/photo-pairs.ts'
import { distanceM } from '../../../src/places/rules/locate.ts'
import { useText } from '../../shell/language.tsx'
import type { Detail } from './case-view.ts'
import { formatMoment } from './format.ts'

/** 整改前后对比: two photos of one place laid over each other; the pair is suggested, and anybody may choose another. */
export function BeforeAfter({ c }: { c: Detail }) {
  const t = useText().casePage.compare
  const pairs = photoPairs(c.evidence)
  const [chosen, choose] = useState<{ before?: string; after?: string }>({})
  const dialog = useRef<HTMLDialogElement>(null)
  const of = (kind: EvidenceItem['kind']) => c.evidence.filter((item) => item.kind === kind && item.mime.startsWith('image/'))
  const after = of('after').find((item) => item.id === chosen.after) ?? pairs[0]?.after
  const pair = pairs.find((each) => each.after.id === after?.id)
  const before = of('before').find((item) => item.id === chosen.before) ?? pair?.before
  if (!pair || !before || !after) return null
  const shown = { c, before, after }
  return (
    <figure className="compare" aria-label={t.title}>
      <figcaption className="row">
        <strong>{t.title}</strong>
        <span className="muted small">{before === pair.before ? t.by[pair.by] : t.chosen}</span>
        <Button size="small" onClick={() => dialog.current?.showModal()}>
          {t.full}
        </Button>
      </figcaption>
      <div className="compare-choice">
        <Choice
          label={t.chooseBefore}
          items={of('before')}
          value={before.id}
          choose={(id) => choose({ ...chosen, before: id })}
        />
        <Choice label={t.chooseAfter} items={of('after')} value={after.id} choose={(id) => choose({ after: id })} />
      </div>
      <Slider {...shown} />
      <Facts {...shown} />
      <dialog ref={dialog} className="compare-full" aria-label={t.title}>
        <Button autoFocus onClick={() => dialog.current?.close()}>
          {t.close}
        </Button>
        <Slider {...shown} />
        <Facts {...shown} />
      </dialog>
    </figure>
  )
}

type Shown = { c: Detail; before: EvidenceItem; after: EvidenceItem }

function Choice({
  label,
  items,
  value,
  choose,
}: {
  label: string
  items: EvidenceItem[]
  value: string
  choose(id: string): void
}) {
  const options = items.map((item) => ({
    value: item.id,
    label: `${item.name}${item.takenAt ? ` ${formatMoment(item.takenAt)}` : ''}`,
  }))
  return <Select size="small" aria-label={label} {...{ options, value }} onChange={choose} popupMatchSelectWidth={false} />
}

// A range of the browser's own over the picture: arrow keys, touch and mouse come with it, and what it is called.
function Slider({ c, before, after }: Shown) {
  const t = useText().casePage.compare
  const [percent, setPercent] = useState(50)
  const help = useId()
  const url = (item: EvidenceItem) => `/api/cases/${c.id}/evidence/${item.id}`
  return (
    <div className="compare-frame">
      <img src={url(after)} alt={`${t.after}: ${after.name}`} loading="lazy" />
      <img
        src={url(before)}
        alt={`${t.before}: ${before.name}`}
        loading="lazy"
        className="compare-before"
        style={{ clipPath: `inset(0 ${100 - percent}% 0 0)` }}
      />
      <span className="compare-line" style={{ left: `${percent}%` }} aria-hidden="true" />
      <span className="compare-word compare-word-before">{t.before}</span>
      <span className="compare-word compare-word-after">{t.after}</span>
      <input
        type="range"
        {...{ min: 0, max: 100, step: 1, value: percent }}
        aria-label={t.slider}
        aria-valuetext={t.value(percent)}
        aria-describedby={help}
        onChange={(e) => setPercent(Number(e.target.value))}
      />
      <span id={help} className="visually-hidden">
        {t.help}
      </span>
    </div>
  )
}

function Facts({ c, before, after }: Shown) {
  const t = useText().casePage.compare
  const apart = before.point && after.point && Math.round(distanceM(before.point, after.point))
  return (
    <div className="compare-facts small">
      <PhotoFacts c={c} item={before} word={t.before} />
      <PhotoFacts c={c} item={after} word={t.after} />
      {apart !== undefined && <p className="muted">{t.apart(apart)}</p>}
    </div>
  )
}

/** When and where a photo was taken, by its own word or another's, and how far from the problem. */
export function PhotoFacts({ c, item, word }: { c: Detail; item: EvidenceItem; word?: string }) {
  const t = useText().casePage.compare
  const metres = item.point && c.place.point && Math.round(distanceM(c.place.point, item.point))
  return (
    <p>
      {word && <strong>{word} </strong>}
      <span className="mark">{item.hasExif ? t.exif : t.vouched}</span>{' '}
      <span className="number nowrap">{item.takenAt ? formatMoment(item.takenAt) : t.noTime}</span>{' '}
      <span className="nowrap">{metres === undefined ? (item.point ? '' : t.noPoint) : t.distance(metres)}</span>
    </p>
  )
}
