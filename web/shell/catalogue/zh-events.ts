import type { ActOfEvent, Effect, EventType } from '../../../src/cases/rules/event.ts'
import { nameOfEvent } from '../../../src/cases/rules/event-name.ts'
import {
  COLOUR_LABELS,
  DUTY_LABELS,
  EVIDENCE_LABELS,
  FLAG_LABELS,
  SCOPE_LABELS,
  SOURCE_LABELS,
  STATE_LABELS,
} from '../../../src/cases/rules/labels.ts'

/** One sentence for every kind of event: the story of a case, told by what was asked for. */
export type EventSentences = { [T in EventType]: (act: ActOfEvent<T>, effect?: Pick<Effect, 'undone'>) => string }

export const zhEvents: EventSentences = {
  report: (act) => `登记了问题，来源：${SOURCE_LABELS[act.source].zh}`,
  triage: () => '完成研判，明确了类别、性质和所在分区',
  decline: (act) => `不予受理：${act.reason}`,
  merge: (act) => `并入另一问题：${act.reason}`,
  assign: (act) =>
    `交办：${act.duties.map((duty) => `${DUTY_LABELS[duty.as].zh} ${duty.orgName}`).join('，')}；责任领导 ${act.leader.name}；时限“${act.term.words}”`,
  sign: (act) => `签收${act.contact ? `，联系人 ${act.contact}` : ''}`,
  return: (act) => `退回，理由：${act.reason}；依据：${act.basis}${act.suggested ? `；建议承办：${act.suggested}` : ''}`,
  arbitrate: (act) => `${act.uphold ? '同意退回' : '不同意退回'}：${act.reason}`,
  plan: (act) => `报送整改方案，目标：${act.goal}；措施 ${act.measures.length} 项；时限“${act.term.words}”`,
  approve_plan: (act) => `审定通过整改方案${act.note ? `：${act.note}` : ''}`,
  reject_plan: (act) => `驳回整改方案：${act.reason}`,
  progress: (act) => `报送进展${act.percent === undefined ? '' : `（${act.percent}%）`}：${act.text}`,
  request_extension: (act) => `申请延期至 ${act.toDay}，理由：${act.reason}`,
  decide_extension: (act) => `${act.grant ? '同意' : '不同意'}延期：${act.reason}`,
  suspend: (act) => `中止计时：${act.reason}；依据：${act.basis}`,
  resume: (act) => `恢复计时：${act.reason}`,
  self_check: (act) => `自查完成，申请验收：${act.conclusion}`,
  county_accept: (act) => `县级初验通过（${act.onSite.day} 到现场：${act.onSite.people.join('、')}）：${act.conclusion}`,
  county_reject: (act) => `县级初验不通过：${act.reason}${act.falseEvidence ? '；认定证据造假' : ''}`,
  city_accept: (act) => `市级验收通过（${act.onSite.day} 到现场：${act.onSite.people.join('、')}）：${act.conclusion}`,
  city_reject: (act) => `市级验收不通过：${act.reason}${act.falseEvidence ? '；认定证据造假' : ''}`,
  publicise: (act) => `发布公示，渠道：${act.channel}，监督电话：${act.phone}`,
  object: (act) => `收到具名异议：${act.text}`,
  resolve_objection: (act) => `异议${act.upheld ? '成立' : '不成立'}：${act.finding}`,
  file: (act) => `报 ${act.filedWith} 备案，文号 ${act.docNo}`,
  close: (act) => `销号${act.note ? `：${act.note}` : ''}`,
  recheck: (act) => `回头看：${act.result === 'confirmed' ? '整改成效巩固' : '问题反弹'}。${act.finding}`,
  reopen: (act) => `重启办理：${act.reason}`,
  transfer: (act) => `移送 ${act.to}（${act.docNo}）：${act.reason}`,
  mark_unfounded: (act) =>
    'reason' in act ? `提出认定不属实，待第二人确认：${act.reason}` : act.confirm ? '确认认定不属实' : '不同意认定不属实',
  infer: (act) => `举一反三（${SCOPE_LABELS[act.scope].zh}）：排查 ${act.checked} 处，发现 ${act.found} 处。${act.pattern}`,
  override_colour: (act) =>
    'confirm' in act
      ? act.confirm
        ? '确认人工定色'
        : '不同意人工定色'
      : `提出人工定色为${act.colour === 'auto' ? '自动' : COLOUR_LABELS[act.colour].zh}，待第二人确认：${act.reason}`,
  evidence_added: (act) => `添加证据（${EVIDENCE_LABELS[act.item.kind].zh}）：${act.item.name}`,
  flagged: (act) => `标记情形（${FLAG_LABELS[act.kind].zh}）：${act.reason}`,
  reminded: (act) => `催办：${act.text}${act.answerBy ? `；请于 ${act.answerBy} 前回复` : ''}`,
  acknowledged: (act) => `签收催办${act.text ? `：${act.text}` : ''}`,
  undone: (act, effect) =>
    `撤销了上一步${effect?.undone ? `“${nameOfEvent(effect.undone.type).zh}”` : ''}，恢复到办理之前${act.reason ? `：${act.reason}` : ''}`,
  imported: (act) =>
    `由既有清单导入，状态：${STATE_LABELS[act.start.state].zh}${act.start.file ? `；${act.start.file} 第 ${act.start.row ?? '?'} 行` : ''}`,
}
