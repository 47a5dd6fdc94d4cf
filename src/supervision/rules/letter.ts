import type { Block, OfficialDocument } from '../../base/paper/rules/document.ts'
import { daysBetween } from '../../base/rules/day.ts'
import type { Kind } from './codes.ts'
import type { CaseRef, Item } from './item.ts'
import { KIND_LABELS } from './labels.ts'

/** The first words of a draft: a title and what is asked; a person changes them before they are reviewed. */
export function draftWords(kind: Kind, cases: readonly CaseRef[]): { title: string; text: string } {
  const of = cases.length === 1 ? `“${cases[0]!.title}”` : `“${cases[0]!.title}”等 ${cases.length} 个生态环境`
  return { title: `关于${of}问题的${TITLES[kind]}`, text: ASKS[kind] }
}

const TITLES: Readonly<Record<Kind, string>> = {
  reminder: '提醒函',
  supervision: '督办函',
  listed: '挂牌督办通知',
  circular: '通报',
  interview: '约谈通知',
  referral: '问责线索移送函',
}

const ASKS: Readonly<Record<Kind, string>> = {
  reminder: '上述问题整改进度滞后。请你单位对照整改方案查明原因，加快推进，并在规定期限内书面回复进展、存在的困难和下一步安排。',
  supervision:
    '上述问题整改严重滞后。请你单位主要负责人亲自研究，逐项明确措施、责任人和完成时限，在规定期限内书面回复整改情况，并按期完成整改。',
  listed: '上述问题经督办仍未按要求整改，现予挂牌督办。请你单位制定专项方案，明确完成时限，在规定期限内报送，并按周报告进展。',
  circular: '上述问题整改不力，现予通报。请各单位引以为戒，举一反三，切实扛起整改责任。',
  interview: '上述问题长期未按要求整改，拟约谈你单位主要负责人。请按通知的时间、地点到场，并在约谈后规定期限内报送整改措施。',
  referral: '上述问题整改中涉嫌失职失责，现将有关线索移送，请依规依纪依法处理。',
}

/** What a template of the letter is filled with: nothing but texts and rows of texts. */
export type LetterData = {
  issuer: string
  number: string
  title: string
  to: string
  leader: string
  text: string
  answerBy: string
  signedOn: string
  contact: string
  cases: { seq: string; no: string; title: string; due: string; late: string; leader: string }[]
}

/** Whose letter it is, and the day a draft is drawn on. */
export type Sender = { issuer: string; phone: string; today: Item['drafted']['on'] }

/** The data of a letter; `on` is the day that lateness is counted to: when it was sent, else today. */
export function letterData(item: Item, o: Sender): LetterData {
  const on = item.sent?.on ?? o.today
  return {
    issuer: o.issuer,
    number: item.no ?? '',
    title: item.title,
    to: item.orgName,
    leader: item.leader ? `${item.leader.name}（${item.leader.title}）` : '',
    text: item.text,
    answerBy: item.due ? dayWords(item.due) : '',
    signedOn: item.sent ? dayWords(item.sent.on) : '',
    contact: o.phone,
    cases: item.cases.map((c, i) => ({
      seq: String(i + 1),
      no: c.no,
      title: c.title,
      due: c.due ?? '',
      late: c.due && c.due < on ? `${daysBetween(c.due, on)} 天` : '',
      leader: c.leader?.name ?? '',
    })),
  }
}

/**
 * The placeholders of the city's own templates (`reminder`, `supervision`), for a letter about one case; a letter about several has a table,
 * which `letterOf` draws.
 */
export function templateData(item: Item, o: Sender): Readonly<Record<string, string>> {
  const [first] = item.cases
  const { contact, answerBy } = letterData(item, o)
  const late = first?.due !== undefined && first.due < (item.sent?.on ?? o.today)
  const on = dayWords(item.sent?.on ?? o.today)
  return {
    ...{ to: item.orgName, title: first?.title ?? '', no: first?.no ?? '', term: first?.due ? dayWords(first.due) : '' },
    ...{
      due: first?.due ? dayWords(first.due) : '',
      responsible: item.orgName,
      serial: item.number ? String(item.number.seq) : '',
    },
    leader: first?.leader ? `${first.leader.name}（${first.leader.title}）` : '',
    reason: late ? `截至${on}，该问题已超过整改时限。` : `截至${on}，该问题整改进度滞后于时限要求。`,
    ...{ requests: item.text, answerBy, contactPhone: contact },
  }
}

/** The item as an official document: letters for reminders, supervision letters and referrals, a red-headed document for the rest. */
export function letterOf(item: Item, o: Sender): OfficialDocument {
  const data = letterData(item, o)
  const isLetter = item.kind === 'reminder' || item.kind === 'supervision' || item.kind === 'referral'
  return {
    format: isLetter ? 'letter' : 'notice',
    issuer: data.issuer,
    ...(item.no && { number: item.no }),
    title: data.title,
    to: data.to,
    body: bodyOf(data),
    ...(item.sent && { signedBy: data.issuer, signedOn: item.sent.on }),
    ...(data.contact && { note: `联系电话：${data.contact}` }),
    ...(isLetter || !item.sent ? {} : { record: { printedBy: data.issuer, printedOn: item.sent.on } }),
    specimen: true,
  }
}

function bodyOf(data: LetterData): Block[] {
  const text = (line: string): Block => ({ kind: 'text', text: line })
  const head = ['序号', '编号', '问题', '整改时限', '超期', '责任领导']
  const rows = data.cases.map((c) => [c.seq, c.no, c.title, c.due, c.late, c.leader])
  const table: Block = {
    kind: 'table',
    widths: [6, 16, 40, 14, 10, 14],
    head: 1,
    rows: [
      head.map((cell) => ({ text: cell, bold: true as const, align: 'center' as const })),
      ...rows.map((row) => row.map((cell) => ({ text: cell }))),
    ],
  }
  return [
    text(`经查，你单位负责的以下 ${data.cases.length} 个问题须督促整改：`),
    table,
    ...data.text.split(/\n+/).filter(Boolean).map(text),
    ...(data.answerBy ? [text(`请于 ${data.answerBy} 前（含当日）书面回复。`)] : []),
  ]
}

/** A day as a letter writes it: 2026年11月3日. */
export function dayWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** The name of the file a letter leaves as. */
export function letterName(item: Pick<Item, 'kind' | 'no' | 'orgName'>): string {
  return `${item.no ?? KIND_LABELS[item.kind].zh}-${item.orgName}`.replace(/[\\/:*?"<>|]/g, '_')
}
