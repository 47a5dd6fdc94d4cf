import './numbers.css'
import './bulletin.css'
import { Button } from 'antd'
import { useSearchParams } from 'react-router'
import type { Block, Cell } from '../../../src/base/paper/rules/document.ts'
import { useText } from '../../shell/language.tsx'
import { Loaded } from '../../shell/loaded.tsx'
import { useGet } from '../../shell/use-api.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { today } from '../cases/today.ts'
import { useNumbersText } from './texts.ts'

type Bulletin = {
  month: string
  document: { title: string; issuer: string; to?: string; body: Block[]; signedBy?: string; signedOn?: string; specimen: boolean }
}

/** 月通报: a frozen month in sentences made by rule, as it would be printed. */
export function BulletinPage() {
  const t = useNumbersText()
  const shell = useText()
  const [search, setSearch] = useSearchParams()
  const month = search.get('month') ?? monthBefore(today())
  const bulletin = useGet<Bulletin>(`/api/numbers/bulletin/${encodeURIComponent(month)}`)
  useTitle(t.bulletinTitle(month), shell.product)
  return (
    <div className="bulletin">
      <PageHead
        title={t.bulletinTitle(month)}
        note={t.bulletinNote}
        extra={
          <div className="numbers-tools">
            <label>
              {t.month}{' '}
              <input
                type="month"
                className="month-input"
                value={month}
                max={monthBefore(today())}
                onChange={(e) => e.target.value && setSearch({ month: e.target.value }, { replace: true })}
              />
            </label>
            <Button onClick={() => window.print()}>{t.print}</Button>
            {(['docx', 'pdf'] as const).map((format) => (
              <Button
                key={format}
                disabled={!bulletin.data}
                href={`/api/numbers/bulletin/${encodeURIComponent(month)}/file.${format}`}
              >
                {t[format]}
              </Button>
            ))}
          </div>
        }
      />
      <Loaded query={bulletin}>{({ document }) => <Paper document={document} />}</Loaded>
    </div>
  )
}

function Paper({ document: { title, issuer, to, body, signedBy, signedOn, specimen } }: { document: Bulletin['document'] }) {
  return (
    <article className="paper" lang="zh-CN">
      {specimen && <p className="paper-specimen">样式</p>}
      <p className="paper-head">{issuer}</p>
      <h2>{title}</h2>
      <p className="paper-to">{to}：</p>
      {body.map((block, at) => (
        <Part key={`${at}`} block={block} />
      ))}
      <p className="paper-sign">
        {signedBy}
        <br />
        {signedOn}
      </p>
    </article>
  )
}

function Part({ block }: { block: Block }) {
  if (block.kind === 'heading') return <h3>{block.text}</h3>
  if (block.kind === 'text') return <p className="paper-text">{block.text}</p>
  const [head = [], ...rows] = block.rows
  return (
    <div className="figures-wrap">
      <table>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell.text} scope="col">
                {cell.text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.map((cell) => cell.text).join()}>
              {row.map((cell: Cell, at) => (
                <td key={at} className={cell.align === 'center' ? 'is-centred' : undefined}>
                  {cell.text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function monthBefore(day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}
