import type { Params, Refusal } from '../../base/rules/refusal.ts'
import { type Label, ROLE_LABELS } from '../../people/rules/actor.ts'
import { ITEM_MOVE_LABELS, ITEM_STATE_LABELS, KIND_LABELS } from './labels.ts'

/** The sentence for every refusal of supervision. */
export const REFUSAL_TEXTS: Readonly<Record<string, Label>> = {
  'supervision/not-yours': {
    zh: '您的岗位不能办理此事项，应由 {roles} 办理',
    en: 'Your post never makes this move; it belongs to: {roles}',
  },
  'supervision/outside-scope': { zh: '该督办件不在您的权限范围内', en: 'This item is outside your scope' },
  'supervision/not-in-this-state': {
    zh: '督办件现处于“{state}”，此时不能“{move}”',
    en: 'Not now: the item is “{state}”, so “{move}” is not possible',
  },
  'supervision/no-answer-asked': { zh: '{kind} 不要求回复', en: 'A {kind} asks for no answer' },
  'supervision/same-hand': { zh: '须由另一人办理：您是{apart}', en: 'This takes another hand: you are {apart}' },
  'supervision/exists': { zh: '该督办件已经存在', en: 'The item is already there' },
  'supervision/no-such-item': { zh: '没有这个督办件', en: 'There is no such item' },
  'supervision/fields-missing': { zh: '须填写：{fields}', en: 'Must be filled: {fields}' },
  'supervision/cases': {
    zh: '督办件应关联 1 至 {most} 件不重复的问题，现为 {found} 件',
    en: 'An item is about 1 to {most} different cases, found {found}',
  },
  'supervision/calendar-year': {
    zh: '{year} 年的工作日安排尚未公布或导入，无法计算回复期限',
    en: 'The working days of {year} are not published or loaded, so the term of the answer cannot be counted',
  },
  'supervision/no-rule': { zh: '{day} 没有唯一有效的规则 {rule}', en: 'No single rule {rule} holds on {day}' },
}

/** Words of the codes that stand in refusals. */
const APART: Readonly<Record<string, Label>> = {
  drafter: { zh: '拟稿人或修改人', en: 'the one who drafted or revised it' },
  reviewer: { zh: '审核人', en: 'the one who reviewed it' },
  addressee: { zh: '主送单位的人', en: 'of the organisation it is addressed to' },
}
const FIELDS: Readonly<Record<string, Label>> = {
  org: { zh: '主送单位', en: 'addressee' },
  title: { zh: '标题', en: 'title' },
  text: { zh: '内容', en: 'text' },
  reason: { zh: '理由', en: 'reason' },
  grounds: { zh: '依据', en: 'grounds' },
}
const WORDS: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
  roles: { ...ROLE_LABELS, addressee: { zh: '主送单位', en: 'the addressee' } },
  state: ITEM_STATE_LABELS,
  move: ITEM_MOVE_LABELS,
  kind: KIND_LABELS,
  apart: APART,
  fields: FIELDS,
}

/** The text of a refusal with its codes put into words of each language. */
export function refusalText({ code, params }: Pick<Refusal, 'code' | 'params'>): Label {
  const text = REFUSAL_TEXTS[code]
  if (!text) return { zh: code, en: code }
  return { zh: worded(text.zh, params, 'zh'), en: worded(text.en, params, 'en') }
}

function worded(text: string, params: Params, language: keyof Label): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const words = WORDS[name]
    if (!(name in params)) return whole
    if (!words) return String(params[name])
    const codes = String(params[name]).split(', ')
    return codes.map((code) => words[code]?.[language] ?? code).join(language === 'zh' ? '、' : ', ')
  })
}
