import type { Label } from '../../people/rules/actor.ts'
import { SECRECY_LABELS } from './labels.ts'
import type { Apart, Bond, GateName } from './procedure.ts'

/** Codes that stand in refusals and nowhere else on the wire, in words. */
export const APART_LABELS: Readonly<Record<Apart | 'proposer' | 'collector', Label>> = {
  rectifier: { zh: '整改方', en: 'on the side that rectified' },
  planner: { zh: '方案报送人', en: 'the one who submitted the plan' },
  county_acceptor: { zh: '县级初验人', en: 'the one who accepted at the county' },
  proposer: { zh: '提议人', en: 'the one who proposed it' },
  collector: { zh: '现场取证人', en: 'the one who collected the evidence on site' },
}

/** What ties a post to a case. */
export const BOND_LABELS: Readonly<Record<Bond, Label>> = {
  anyone: { zh: '任何人', en: 'anyone' },
  county: { zh: '本县区的岗位', en: 'a post of the same county' },
  area: { zh: '管辖该区域的岗位', en: 'a post in charge of the area' },
  rectifier: { zh: '责任单位或牵头单位', en: 'the responsible or the lead unit' },
  contributor: { zh: '责任、牵头或配合单位', en: 'the responsible, lead or a supporting unit' },
  acceptance: { zh: '验收单位', en: 'the acceptance unit' },
}

/** Conditions of a case that a move waits for. */
export const GATE_LABELS: Readonly<Record<GateName, Label>> = {
  site_verified: { zh: '现场核实', en: 'Verified on site' },
  returnable: { zh: '可以退回', en: 'May still be returned' },
  extendable: { zh: '可以延期', en: 'May still be extended' },
  extension_asked: { zh: '已申请延期', en: 'An extension was asked for' },
  suspended: { zh: '计时已中止', en: 'The clock is suspended' },
  findings: { zh: '逐项核查结论', en: 'A finding on every claim' },
  measures: { zh: '措施全部完成', en: 'All measures done' },
  evidence: { zh: '整改证据', en: 'Evidence of the change' },
  publishable: { zh: '可以公开', en: 'May be published' },
  window_open: { zh: '异议期内', en: 'Inside the window for objections' },
  window_run: { zh: '公示期满无异议', en: 'The window has run without open objection' },
  complete: { zh: '要素齐全', en: 'No field is missing' },
  site_visit: { zh: '现场核查证据', en: 'Evidence of a site visit' },
  answerable: { zh: '有责任单位', en: 'A unit that answers' },
  reminded: { zh: '有待签收的催办', en: 'A reminder waits for its receipt' },
}

/** Levels of secrecy by their number. */
export const SECRECY_LEVELS: Readonly<Record<string, Label>> = {
  0: SECRECY_LABELS.public,
  1: SECRECY_LABELS.internal,
  2: SECRECY_LABELS.restricted,
  3: SECRECY_LABELS.sealed,
}

/** What an unknown id was taken for. */
export const THING_WORDS: Readonly<Record<string, Label>> = {
  source: { zh: '问题来源', en: 'source' },
  measure: { zh: '措施', en: 'measure' },
  milestone: { zh: '节点', en: 'milestone' },
  claim: { zh: '反映事项', en: 'claim' },
}

/** Fields that a refusal may miss, and the fields that `incomplete` lists. */
export const FIELD_LABELS: Readonly<Record<string, Label>> = {
  title: { zh: '标题', en: 'title' },
  originalText: { zh: '原文', en: 'original text' },
  region: { zh: '县区', en: 'county' },
  foundOn: { zh: '发现时间', en: 'day found' },
  category: { zh: '问题类别', en: 'category' },
  pollution: { zh: '污染类型', en: 'pollution type' },
  point: { zh: '位置坐标', en: 'point' },
  responsible: { zh: '责任单位', en: 'responsible unit' },
  leader: { zh: '责任领导', en: 'responsible leader' },
  term: { zh: '整改时限', en: 'term' },
  implementer: { zh: '整改实施主体', en: 'implementer' },
  goal: { zh: '整改目标', en: 'goal' },
  measures: { zh: '整改措施', en: 'measures' },
  plan_term: { zh: '方案时限', en: 'term of the plan' },
  acceptanceUnit: { zh: '验收单位', en: 'acceptance unit' },
  acceptance_unit: { zh: '验收单位', en: 'acceptance unit' },
  reason: { zh: '理由', en: 'reason' },
  basis: { zh: '依据', en: 'basis' },
  text: { zh: '内容', en: 'text' },
  explained: { zh: '未完成说明', en: 'explanation' },
  progress: { zh: '进展', en: 'progress' },
  newPlan: { zh: '新的安排', en: 'new plan' },
  conclusion: { zh: '结论', en: 'conclusion' },
  channel: { zh: '公示渠道', en: 'channel' },
  phone: { zh: '联系电话', en: 'phone' },
  from: { zh: '公示起始日', en: 'first day' },
  sealed: { zh: '实名信息', en: 'name of the objector' },
  finding: { zh: '核查结论', en: 'finding' },
  docNo: { zh: '文号', en: 'document number' },
  filedWith: { zh: '备案机关', en: 'filed with' },
  to: { zh: '移送机关', en: 'transferred to' },
  answerBy: { zh: '回复期限', en: 'day to answer by' },
  pattern: { zh: '共性问题', en: 'pattern' },
  source: { zh: '来源', en: 'source' },
  key: { zh: '行标识', en: 'row key' },
  notice: { zh: '公示信息', en: 'notice' },
  reportedOn: { zh: '登记日', en: 'day reported' },
  closedOn: { zh: '销号日', en: 'day cleared off' },
  assignedOn: { zh: '交办日', en: 'day assigned' },
  'ended.on': { zh: '办结日', en: 'day ended' },
  'filing.on': { zh: '备案日', en: 'day filed' },
  'doc.no': { zh: '文号', en: 'document number' },
  'doc.title': { zh: '文件名', en: 'document title' },
  'doc.issuer': { zh: '印发单位', en: 'issuer' },
  'doc.issuedOn': { zh: '印发日期', en: 'day issued' },
}
