import type { Block, Cell, OfficialDocument } from '../../../base/paper/rules/document.ts'
import type { Actor } from '../../../people/rules/actor.ts'
import type { Area } from '../../../places/rules/area.ts'
import type { Case } from '../../rules/case.ts'
import { type CaseEvent, EVENT_OF_RECORD } from '../../rules/event.ts'
import {
  CATEGORY_LABELS,
  DUTY_LABELS,
  EVIDENCE_LABELS,
  MOVE_LABELS,
  OUTCOME_LABELS,
  SOURCE_LABELS,
  STATE_LABELS,
} from '../../rules/labels.ts'
import { detail, eventItem } from '../../rules/wire.ts'

/** What a dossier is made of: the case, its story, who asks for it, and what its divisions are called. */
export interface Dossier {
  c: Case
  events: readonly CaseEvent[]
  viewer: Actor
  areas: readonly Area[]
  issuer: string
  day: string
}

/** 卷宗: one case as a document, made of what its page shows to this reader: facts, duties, evidence with hashes, and the whole story. */
export function dossierOf(o: Dossier): OfficialDocument {
  const c = detail(o.c, o.viewer)
  return {
    format: 'form',
    issuer: o.issuer,
    title: `${c.no} 问题整改卷宗`,
    body: [
      { kind: 'heading', level: 1, text: '一、问题情况' },
      facts([
        ['编号', c.no],
        ['标题', c.title],
        ['来源', SOURCE_LABELS[c.source].zh],
        ['批次', c.batch ?? ''],
        ['类别', c.category ? CATEGORY_LABELS[c.category].zh : ''],
        ['位置', placeOf(c.place, o.areas)],
        ['现状', c.outcome ? `${STATE_LABELS[c.state].zh}（${OUTCOME_LABELS[c.outcome].zh}）` : STATE_LABELS[c.state].zh],
        ['整改时限', c.term?.words ?? c.due ?? ''],
      ]),
      { kind: 'text', text: c.originalText },
      { kind: 'heading', level: 1, text: '二、责任单位' },
      table(
        [8, 20],
        ['职责', '单位'],
        c.duties.map((duty) => [DUTY_LABELS[duty.as].zh, duty.orgName]),
      ),
      { kind: 'heading', level: 1, text: '三、整改方案' },
      ...planOf(c),
      { kind: 'heading', level: 1, text: '四、证据材料' },
      table(
        [3, 5, 10, 10],
        ['序号', '种类', '文件名', 'SHA-256（前 16 位）'],
        c.evidence.map((item, at) => [String(at + 1), EVIDENCE_LABELS[item.kind].zh, item.name, item.sha256.slice(0, 16)]),
      ),
      { kind: 'heading', level: 1, text: '五、办理经过' },
      table(
        [3, 9, 6, 10],
        ['序号', '时间', '环节', '办理人'],
        o.events.map((event) => storyRow(eventItem(event, o.viewer))),
      ),
    ],
    specimen: false,
  }
}

function planOf({ plan }: Pick<Case, 'plan'>): Block[] {
  if (!plan) return [{ kind: 'text', text: '未报方案。' }]
  return [
    facts([
      ['实施主体', plan.implementerName ?? ''],
      ['整改目标', plan.goal ?? ''],
      ['整改时限', plan.term.words ?? ''],
      ['验收单位', plan.acceptanceUnitName ?? ''],
    ]),
    ...plan.measures.map((measure, at): Block => ({ kind: 'text', text: `${at + 1}. ${measure.text}` })),
  ]
}

const facts = (rows: [string, string][]): Block => ({
  kind: 'table',
  widths: [7, 21],
  rows: rows.filter(([, value]) => value).map(([name, value]): Cell[] => [{ text: name, bold: true }, { text: value }]),
})

function table(widths: number[], head: string[], rows: string[][]): Block {
  if (rows.length === 0) return { kind: 'text', text: '无。' }
  const title = head.map((text): Cell => ({ text, bold: true, align: 'center' }))
  return { kind: 'table', widths, head: 1, rows: [title, ...rows.map((row) => row.map((text): Cell => ({ text })))] }
}

function placeOf(place: Case['place'], areas: readonly Area[]): string {
  const nameOf = (code: string | undefined) => areas.find((area) => area.code === code)?.name ?? ''
  const point = place.point ? `（${place.point.lng.toFixed(5)}，${place.point.lat.toFixed(5)}）` : ''
  return `${nameOf(place.region)}${nameOf(place.town)}${nameOf(place.village)}${place.address ?? ''}${point}`
}

const RECORD_OF = new Map(Object.entries(EVENT_OF_RECORD).map(([act, event]) => [event as string, act]))

function storyRow({ version, type, at, by }: Pick<CaseEvent, 'version' | 'type' | 'at' | 'by'>): string[] {
  const label = (MOVE_LABELS as Record<string, { zh: string }>)[RECORD_OF.get(type) ?? type]?.zh ?? type
  const beijing = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
  return [String(version), beijing, label, [by.name, by.title, by.orgName].filter(Boolean).join(' ')]
}
