import { Button, message } from 'antd'
import { useState } from 'react'
import { ITEM_MOVE_LABELS } from '../../../src/supervision/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { ItemTable } from './item-table.tsx'
import type { Brief } from './queries.ts'

type Tried = { dryRun: boolean; results: { id: string; done: boolean; why: string | null }[] }

/** Drafts to review: chosen ones at once, after a trial that says which would be taken and why not the rest. */
export function ReviewMany({ items }: { items: readonly Brief[] }) {
  const { t, language } = useLanguage()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const trial = useSend<Tried>()
  const real = useSend<Tried>({
    onDone: ({ results }) => {
      message.success(t.supervision.bulk.done(results.filter((r) => r.done).length))
      setChosen([])
      trial.reset()
    },
  })
  const toggle = (id: string) => {
    trial.reset()
    setChosen(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id])
  }
  const ask = (dryRun: boolean) => ({
    path: '/api/supervision/bulk',
    body: {
      move: 'review',
      dryRun,
      items: items.filter((i) => chosen.includes(i.id)).map(({ id, version }) => ({ id, version })),
    },
  })
  const results = trial.data?.results
  const yes = results?.filter((r) => r.done).length ?? 0
  const error = trial.error ?? real.error
  return (
    <>
      <ItemTable
        items={items}
        caption={ITEM_MOVE_LABELS.review[language]}
        pick={(item) => (
          <input
            type="checkbox"
            aria-label={t.supervision.bulk.choose(item.title)}
            checked={chosen.includes(item.id)}
            onChange={() => toggle(item.id)}
          />
        )}
      />
      {chosen.length > 0 && (
        <div className="row bulk-foot" role="status">
          <span>{t.supervision.bulk.chosen(chosen.length)}</span>
          <Button onClick={() => trial.mutate(ask(true))} loading={trial.isPending}>
            {t.supervision.bulk.check}
          </Button>
          {results && <span>{t.supervision.bulk.would(yes, results.length - yes)}</span>}
          {yes > 0 && (
            <Button type="primary" onClick={() => real.mutate(ask(false))} loading={real.isPending}>
              {t.supervision.bulk.confirm(yes)}
            </Button>
          )}
          {results?.map(
            (r) =>
              r.why && (
                <span key={r.id} className="muted small">
                  {r.why}
                </span>
              ),
          )}
        </div>
      )}
      {error && <ProblemAlert error={error} />}
    </>
  )
}
