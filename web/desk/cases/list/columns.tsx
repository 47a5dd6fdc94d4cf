import { SECRECY, type SecrecyName } from '../../../../src/cases/rules/codes.ts'
import { SECRECY_LABELS } from '../../../../src/cases/rules/labels.ts'
import type { ColumnCode } from '../../../../src/cases/rules/list-view.ts'
import type { Catalogue } from '../../../shell/catalogue/zh.ts'
import type { Language } from '../../../shell/language.tsx'
import type { Column } from '../../../ui/data-table.tsx'
import type { ListItem } from '../case-view.ts'
import { nameOf } from '../closed-lists.ts'
import { ColourDot } from '../colour-dot.tsx'
import { Due, StageDue } from '../due.tsx'
import { PlaceName } from '../place-name.tsx'

type Texts = { t: Catalogue; language: Language }
type Look = Pick<Column<ListItem>, 'render' | 'phone'> & { width?: string | ((language: Language) => string) }

/** A column of the list by its code. */
export function columnOf(code: ColumnCode, { t, language }: Texts): Column<ListItem> {
  const { render, width, phone } = LOOKS[code]({ t, language })
  const wide = typeof width === 'function' ? width(language) : width
  return { key: code, title: t.desk.column[code], render, ...(wide && { width: wide }), ...(phone && { phone }) }
}

const LOOKS: Record<ColumnCode, (texts: Texts) => Look> = {
  colour: () => ({ width: '78px', render: (item) => <ColourDot colour={item.colour} why={item.why} /> }),
  state: ({ language }) => ({
    width: language === 'zh' ? '102px' : '172px',
    render: (item) => <span className="mark mark-state">{nameOf('state', item.state, language)}</span>,
  }),
  due: () => ({ width: '118px', render: (item) => <Due item={item} /> }),
  stage: () => ({ width: '118px', render: (item) => <StageDue item={item} /> }),
  responsible: () => ({ width: '156px', render: unitsOf }),
  region: () => ({ width: '96px', render: (item) => <PlaceName place={item.place} region /> }),
  category: ({ language }) => ({ width: '106px', phone: 'wide', render: (item) => nameOf('category', item.category, language) }),
  pollution: ({ t, language }) => ({
    width: '96px',
    phone: 'wide',
    render: (item) => item.pollution.map((kind) => nameOf('pollution', kind, language)).join(t.common.listSeparator),
  }),
  source: ({ language }) => ({ width: '140px', phone: 'wide', render: (item) => nameOf('source', item.source, language) }),
  path: ({ language }) => ({ width: '120px', phone: 'wide', render: (item) => nameOf('path', item.path, language) }),
  batch: () => ({ width: '140px', phone: 'wide', render: (item) => item.batch }),
  reportedOn: () => ({
    width: '104px',
    phone: 'wide',
    render: (item) => <span className="nowrap number">{item.reportedOn}</span>,
  }),
  leader: () => ({ width: '110px', phone: 'wide', render: (item) => item.leader?.name }),
  term: () => ({ width: '120px', phone: 'wide', render: (item) => item.term?.words }),
  reminders: ({ t }) => ({
    width: '120px',
    phone: 'wide',
    render: (item) => (item.reminders?.length ? t.desk.reminders(item.reminders.length, item.reminders.at(-1)!.on) : ''),
  }),
  secrecy: ({ language }) => ({
    width: '90px',
    phone: 'wide',
    render: (item) => SECRECY_LABELS[levelOf(item.secrecy)][language],
  }),
}

function unitsOf(item: ListItem): string {
  return item.duties.flatMap((duty) => (duty.as === 'responsible' ? [duty.orgName] : [])).join(' ')
}

const levelOf = (level: number): SecrecyName => (Object.keys(SECRECY) as SecrecyName[]).find((name) => SECRECY[name] === level)!
