import type { Block, Cell, OfficialDocument } from '../../../base/paper/rules/document.ts'
import { DECISION_NAMES, type Meeting, tallyOf } from './meeting.ts'

/** 会议纪要: a meeting as an official document, for the writers of Word and PDF. A draft until the minutes were closed. */
export function minutesOf(m: Meeting, o: { issuer: string }): OfficialDocument {
  const tally = tallyOf(m.items)
  const [year, month, day] = m.heldOn.split('-').map(Number)
  const on = `${year}年${month}月${day}日`
  const sum = `会议共审议 ${m.items.length} 件：同意 ${tally.accept} 件，不同意 ${tally.reject} 件，暂缓 ${tally.postpone} 件。`
  return {
    format: 'notice',
    issuer: o.issuer,
    title: `生态环境问题整改集中验收会议纪要（${on}）`,
    body: [
      text(`${on}，${m.chair}在${m.place}主持召开集中验收会议。`),
      ...(m.minutes ? m.minutes.split('\n').filter(Boolean).map(text) : []),
      text(sum),
      table(m),
      ...(m.attendees.length > 0 ? [text(`出席：${m.attendees.join('、')}。`)] : []),
    ],
    ...(m.closedAt ? { signedBy: o.issuer, signedOn: m.heldOn } : {}),
    specimen: true,
  }
}

const text = (words: string): Block => ({ kind: 'text', text: words })
const HEAD = ['序号', '编号', '问题', '责任单位', '议定意见', '说明']

function table(m: Meeting): Block {
  const rows = m.items.map((item, i) => [
    `${i + 1}`,
    item.no,
    item.title,
    item.responsible,
    item.decision ? DECISION_NAMES[item.decision].zh : '',
    item.words ?? '',
  ])
  return { kind: 'table', widths: [1, 3, 5, 3, 2, 4], head: 1, rows: [HEAD, ...rows].map((row) => row.map(cell)) }
}

const cell = (words: string, column: number): Cell => (column === 0 ? { text: words, align: 'center' } : { text: words })
