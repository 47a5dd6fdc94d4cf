import { Button } from 'antd'
import { MOVES } from '../../../src/cases/rules/codes.ts'
import { useLanguage } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { type GroupOfWork, useWorkGroup } from './queries-work.ts'
import { groupName } from './work-names.ts'
import { WorkTable } from './work-table.tsx'

/** One kind of work, the most urgent first; what came with the counts stands there at once, the rest follows page by page. */
export function WorkGroupPanel({ known, soonDays }: { known: GroupOfWork; soonDays: number }) {
  const { t, language } = useLanguage()
  const { group } = known
  const list = useWorkGroup(group)
  const name = groupName(group, { t, language, soonDays })
  const pages = list.data?.pages
  const items = pages?.flatMap((page) => page.items) ?? known.items
  const total = pages?.[0]?.total ?? known.total
  const move = (MOVES as readonly string[]).includes(group) ? group : undefined
  return (
    <section id={group} className="work-group" aria-labelledby="work-group-name">
      <h2 id="work-group-name">
        {name} <span className="muted number">{t.work.count(total)}</span>
      </h2>
      {list.error && <ProblemAlert error={list.error} />}
      <WorkTable items={items} caption={name} move={move} />
      <p className="muted list-foot" role="status">
        {items.length < total ? t.list.shown(items.length) : ''}
      </p>
      {list.hasNextPage && (
        <div className="more">
          <Button loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {t.list.more}
          </Button>
        </div>
      )}
    </section>
  )
}
