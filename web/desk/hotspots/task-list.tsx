import { Button } from 'antd'
import { useText } from '../../shell/language.tsx'
import { Panel } from '../../ui/panel.tsx'
import { placeOf } from './cluster-list.tsx'
import type { Cluster, Hotspots } from './queries.ts'
import { useHotspotsText } from './texts.ts'

type Props = { hotspots: Hotspots; chosen: readonly number[]; fileOf(format: 'xlsx' | 'csv'): string }

/** 排查任务清单: what to look at where and when, of the hot spots that were chosen; on paper with room for what was found. */
export function TaskList({ hotspots, chosen, fileOf }: Props) {
  const t = useHotspotsText()
  const tasks = hotspots.scan.clusters.filter((cluster) => chosen.includes(cluster.rank))
  const extra = tasks.length > 0 && (
    <span className="row">
      <a href={fileOf('xlsx')}>{t.xlsx}</a>
      <a href={fileOf('csv')}>{t.csv}</a>
      <Button size="small" onClick={() => window.print()}>
        {t.print}
      </Button>
    </span>
  )
  return (
    <Panel title={t.tasks} extra={extra} id="tasks">
      <p className="muted small" role="status">
        {tasks.length === 0 ? t.tasksEmpty : `${t.tasksOf(tasks.length)} · ${t.printedOn(hotspots.today)}`}
      </p>
      {tasks.length > 0 && <Tasks tasks={tasks} />}
    </Panel>
  )
}

function Tasks({ tasks }: { tasks: readonly Cluster[] }) {
  const t = useHotspotsText()
  const { common } = useText()
  return (
    <div className="figures-wrap">
      <table className="figures tasks">
        <caption className="visually-hidden">{t.tasks}</caption>
        <thead>
          <tr>
            {[t.place, t.kind, t.unit, t.monthsAtRisk, t.visits, t.why, t.result, t.signed].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <tr key={task.rank}>
              <th scope="row">
                {placeOf(task) || t.none}
                <br />
                <span className="muted small number">
                  {task.centre.lng.toFixed(4)}, {task.centre.lat.toFixed(4)}
                </span>
              </th>
              <td>{task.categoryName ?? t.none}</td>
              <td>{task.unitName ?? t.none}</td>
              <td>{task.monthsAtRisk.map(t.month).join(common.listSeparator) || t.none}</td>
              <td>{t.visitsOf(task.visits)}</td>
              <td className="small">
                {t.ground(task.rank)}
                {': '}
                {t.window(task.from, task.to)}, {t.found(task.n, task.expected, task.ratio)}, {t.p(task.p)}
              </td>
              <td className="blank" />
              <td className="blank" />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
