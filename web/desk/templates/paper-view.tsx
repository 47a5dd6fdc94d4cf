import './paper-view.css'
import type { Block, Cell, OfficialDocument, Table } from '../../../src/base/paper/rules/document.ts'
import { dayWords, stampOf } from '../../../src/base/paper/rules/geometry.ts'
import { useText } from '../../shell/language.tsx'

/** An official document on screen: the same blocks as on paper, in the same order; sizes and lines are the paper's affair. */
export function PaperView({ document }: { document: OfficialDocument }) {
  const t = useText()
  const { format, issuer, number, title, to, body, enclosures, signedBy, signedOn, note, record, mark } = document
  const stamp = stampOf(document)
  return (
    <article className={`paper paper-${format}${document.landscape ? ' paper-across' : ''}`} lang="zh-CN" aria-label={title}>
      {stamp && <p className="paper-stamp">{stamp}</p>}
      {mark && <p className="paper-mark">{mark}</p>}
      {format !== 'form' && <p className="paper-head">{issuer}</p>}
      {format !== 'form' && <p className="paper-number">{number ?? ' '}</p>}
      <h3 className="paper-title">{title}</h3>
      {format === 'form' && (
        <p className="paper-line">
          <span>{issuer}</span>
          <span>{number}</span>
        </p>
      )}
      {to && <p className="paper-to">{to}：</p>}
      {body.map((block, at) => (
        <PaperBlock key={at} block={block} />
      ))}
      {enclosures && (
        <ol className="paper-enclosures" aria-label={t.templates.paper.enclosures}>
          {enclosures.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ol>
      )}
      {(signedBy || signedOn) && (
        <p className="paper-sign">
          <span>{signedBy}</span>
          <span>{signedOn && dayWords(signedOn)}</span>
        </p>
      )}
      {note && <p className="paper-text">{/^[（(]/.test(note) ? note : `（${note}）`}</p>}
      {record && (
        <footer className="paper-record">
          {record.copies && <p>抄送：{record.copies}。</p>}
          <p>
            <span>{record.printedBy}</span>
            <span>{dayWords(record.printedOn)}印发</span>
          </p>
        </footer>
      )}
    </article>
  )
}

function PaperBlock({ block }: { block: Block }) {
  if (block.kind === 'table') return <PaperTable table={block} />
  return <p className={block.kind === 'text' ? 'paper-text' : `paper-text paper-h${block.level}`}>{block.text}</p>
}

function PaperTable({ table }: { table: Table }) {
  const t = useText()
  const head = table.head ?? 0
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard
    <section className="paper-table" aria-label={t.templates.paper.table} tabIndex={0}>
      <table>
        {head > 0 && (
          <thead>
            <Rows rows={table.rows.slice(0, head)} from={0} head />
          </thead>
        )}
        <tbody>
          <Rows rows={table.rows.slice(head)} from={head} />
        </tbody>
      </table>
    </section>
  )
}

function Rows({ rows, from, head = false }: { rows: Cell[][]; from: number; head?: boolean }) {
  return rows.map((row, y) => (
    <tr key={from + y}>
      {row.map((cell, x) => {
        const Tag = head ? 'th' : 'td'
        const className = [cell.bold && 'strong', cell.align && `to-${cell.align}`].filter(Boolean).join(' ')
        return (
          <Tag key={x} colSpan={cell.across} rowSpan={cell.down} className={className || undefined}>
            {cell.text}
          </Tag>
        )
      })}
    </tr>
  ))
}
