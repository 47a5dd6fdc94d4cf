import { Tabs } from 'antd'
import { useText } from '../../shell/language.tsx'
import type { Detail } from './case-view.ts'
import { ClosureList } from './closure-list.tsx'
import { DutyList } from './duty-list.tsx'
import { ProblemFacts } from './problem-facts.tsx'
import { TaskList } from './task-list.tsx'

/** 清单制: the problem, task, duty and clear-off lists of one case. */
export function FourLists({ c }: { c: Detail }) {
  const t = useText()
  const items = [
    { key: 'problem', label: t.case.problemList, children: <ProblemFacts c={c} /> },
    { key: 'task', label: t.case.taskList, children: <TaskList c={c} /> },
    { key: 'duty', label: t.case.dutyList, children: <DutyList c={c} /> },
    { key: 'closure', label: t.case.closureList, children: <ClosureList c={c} /> },
  ]
  return (
    <section className="panel four-lists" aria-label={t.case.lists} id="lists">
      <Tabs items={items} size="small" />
      <div className="four-lists-printed">
        {items.map((item) => (
          <section key={item.key}>
            <h3>{item.label}</h3>
            {item.children}
          </section>
        ))}
      </div>
    </section>
  )
}
