import type { Params, Refusal } from '../../base/rules/refusal.ts'
import { type Label, ROLE_LABELS } from '../../people/rules/actor.ts'
import { MOVE_LABELS, PATH_LABELS, SOURCE_LABELS, STANDARD_LABELS, STATE_LABELS } from './labels.ts'
import { APART_LABELS, BOND_LABELS, FIELD_LABELS, SECRECY_LEVELS, THING_WORDS } from './refusal-words.ts'

/** The sentence for every refusal of the cases: what was found, what was expected; `{name}` is filled from the params. */
export const REFUSAL_TEXTS: Readonly<Record<string, Label>> = {
  'cases/role-never': {
    zh: '您的岗位不能办理此事项，应由 {roles} 办理',
    en: 'Your post never makes this move; it belongs to: {roles}',
  },
  'cases/not-your-case': {
    zh: '此事项须由与该问题有关的岗位办理：{bond}',
    en: 'Only a post tied to this case may do this: {bond}',
  },
  'cases/outside-scope': { zh: '该问题不在您的权限范围内', en: 'This case is outside your scope' },
  'cases/other-city': { zh: '该问题属于另一城市', en: 'This case belongs to another city' },
  'cases/source-not-yours': {
    zh: '{role} 不能登记来源为“{source}”的问题',
    en: '{role} may not report from the source “{source}”',
  },
  'cases/same-hand': {
    zh: '须由另一人办理：您本人或您的单位是{apart}',
    en: 'This takes another hand: you or your unit are {apart}',
  },
  'cases/not-the-reporter': { zh: '只有原举报人可以提出异议', en: 'Only the person who reported may dispute the result' },
  'cases/no-such-case': { zh: '没有这个问题', en: 'There is no such case' },
  'cases/exists': { zh: '该问题已登记，编号 {no}', en: 'The case is already on the list as {no}' },
  'cases/not-in-this-state': { zh: '问题现处于“{state}”，此时不能办理', en: 'Not now: the case is in the state “{state}”' },
  'cases/not-on-this-path': {
    zh: '“{path}”类问题此时不经过这一步，下一步应为“{next}”',
    en: 'A case of the path “{path}” does not pass this step now; next comes “{next}”',
  },
  'cases/suspended': {
    zh: '计时已自 {since} 起中止，恢复后方可办理',
    en: 'The clock is suspended since {since}; resume it first',
  },
  'cases/not-suspended': { zh: '计时没有中止', en: 'The clock is not suspended' },
  'cases/proposal-waits': { zh: '已有一项提议等待第二人确认', en: 'A proposal already waits for its second person' },
  'cases/nothing-proposed': { zh: '没有等待确认的提议', en: 'No proposal waits to be confirmed' },
  'cases/calendar-year': {
    zh: '{year} 年的工作日安排尚未公布或导入，无法计算期限',
    en: 'The working days of {year} are not published or loaded, so the term cannot be counted',
  },
  'cases/no-rule': { zh: '{day} 没有唯一有效的规则 {rule}', en: 'No single rule {rule} holds on {day}' },
  'cases/site-photos': {
    zh: '交办前须现场核实：现场照片 {found} 张，应不少于 {expected} 张',
    en: 'Verify on site before assigning: {found} site photos, at least {expected} are needed',
  },
  'cases/return-limit': { zh: '退回已达 {limit} 次上限', en: 'The limit of {limit} returns is reached' },
  'cases/return-late': {
    zh: '退回应在交办后 {days} 个工作日内提出，截止 {last}',
    en: 'A return is due within {days} working days of dispatch; the last day was {last}',
  },
  'cases/no-extension': {
    zh: '没有可以延长的期限（长期坚持的任务不延期）',
    en: 'There is no term to extend (a long-term task has none)',
  },
  'cases/extension-waiting': { zh: '已有一项延期申请等待审定', en: 'An extension already waits for its decision' },
  'cases/extension-times': { zh: '延期以 {times} 次为限', en: 'A term is extended at most {times} time(s)' },
  'cases/extension-late': {
    zh: '延期最迟应在 {askBy} 申请（到期日 {due}）',
    en: 'The last day to ask for an extension was {askBy} (due {due})',
  },
  'cases/extension-day': {
    zh: '延期后的日期 {found} 不成立：应晚于 {after}，不超过 {most}',
    en: 'The new day {found} does not hold: it must be after {after} and not beyond {most}',
  },
  'cases/no-extension-asked': { zh: '没有等待审定的延期申请', en: 'No extension was asked for' },
  'cases/approver-unknown': {
    zh: '须写明批准的领导（其账号在本市登记）',
    en: 'Name the leader who approved, by an account of this city',
  },
  'cases/approver-same': { zh: '批准人不能是经办人本人', en: 'The approver is not the one who enters it' },
  'cases/approver-no-leader': { zh: '{name} 不是该区域的领导', en: '{name} is not a leader of this area' },
  'cases/claims-open': {
    zh: '还有 {count} 项反映内容没有核查结论（属实/部分属实/不属实），如：{first}',
    en: '{count} claim(s) have no finding yet, such as: {first}',
  },
  'cases/measures-open': {
    zh: '还有 {count} 项措施或节点没有完成，也没有说明，如：{first}',
    en: '{count} measure(s) are neither done nor explained, such as: {first}',
  },
  'cases/before-photo-missing': { zh: '缺少整改前照片', en: 'There is no photo from before' },
  'cases/after-photo-missing': { zh: '缺少整改后照片', en: 'There is no photo from after' },
  'cases/photo-unattested': {
    zh: '照片“{name}”没有拍摄时间或位置，须有人署名说明后方可采信（并须市级到场）',
    en: 'The photo “{name}” has no time or position of its own; somebody must attest it by name (and the city must then visit)',
  },
  'cases/same-photo': { zh: '整改前后是同一张照片：{name}', en: 'Before and after are one and the same photo: {name}' },
  'cases/after-photo-stale': {
    zh: '照片“{name}”拍于 {taken}，早于上次退回整改（{since}），须重新拍摄',
    en: 'The photo “{name}” was taken at {taken}, before the last rejection ({since}); take a new one',
  },
  'cases/after-photo-not-later': {
    zh: '整改后照片“{name}”拍于 {taken}，不晚于整改前照片（{before}）',
    en: 'The after-photo “{name}” of {taken} is not later than the before-photo of {before}',
  },
  'cases/after-photo-far': {
    zh: '整改后照片“{name}”距问题点位 {distanceM} 米，应在 {radiusM} 米以内',
    en: 'The after-photo “{name}” was taken {distanceM} m from the place, {radiusM} m is the limit',
  },
  'cases/point-missing': { zh: '问题没有坐标，无法核对照片位置', en: 'The case has no point to compare the photo with' },
  'cases/document-missing': {
    zh: '制度职责类问题须有印发的文件（文号、印发单位、印发日期）',
    en: 'An institutional duty needs the issued document (number, issuer, day)',
  },
  'cases/document-too-old': {
    zh: '文件 {no} 印发于 {issuedOn}，早于问题发现日 {since}',
    en: 'The document {no} was issued on {issuedOn}, before the problem was found on {since}',
  },
  'cases/document-stale': {
    zh: '文件 {no} 是上次退回整改（{since}）以前提交的，须重新提交',
    en: 'The document {no} was filed before the last rejection ({since}); file one of this round',
  },
  'cases/site-visit-missing': {
    zh: '认定不属实须有现场核查证据',
    en: 'To call a case unfounded takes evidence of a visit to the site',
  },
  'cases/not-public': { zh: '密级为“{secrecy}”，不能公示', en: 'Labelled “{secrecy}”, it cannot be put on notice' },
  'cases/no-window': { zh: '该问题没有进行中的公示或异议期', en: 'No window for objections is open on this case' },
  'cases/window-over': { zh: '异议期已于 {lastDay} 届满', en: 'The window for objections ended on {lastDay}' },
  'cases/window-not-open': { zh: '公示期或异议期尚未开始', en: 'The notice or dispute window has not been opened' },
  'cases/window-running': {
    zh: '公示期或异议期至 {lastDay}（含当日），次日起方可办理',
    en: 'The window runs to {lastDay} inclusive; possible from the day after',
  },
  'cases/objection-open': { zh: '尚有异议未作出结论', en: 'An objection is still open' },
  'cases/incomplete': { zh: '导入的问题还缺少：{fields}', en: 'The imported case still lacks: {fields}' },
  'cases/fields-missing': { zh: '须填写：{fields}', en: 'Must be filled: {fields}' },
  'cases/assign-fields': { zh: '交办须写明：{missing}', en: 'An assignment must name: {missing}' },
  'cases/plan-fields': {
    zh: '整改方案缺少法定内容（生态环境法典第二十九条）：{missing}',
    en: 'The plan lacks fields that art. 29 of the Code demands: {missing}',
  },
  'cases/acceptor-rectifies': {
    zh: '验收单位不能同时是整改单位：{org}',
    en: 'The acceptance unit cannot be one that rectifies: {org}',
  },
  'cases/acceptance-unit-differs': {
    zh: '交办时已确定验收单位，方案不能另定：{org}',
    en: 'The acceptance unit was set at assignment; the plan cannot name another: {org}',
  },
  'cases/ids-repeat': { zh: '措施和节点须各有不重复的编号', en: 'Measures and milestones each need an id of their own' },
  'cases/money': {
    zh: '金额应为不小于零的整数（分），现为 {found}',
    en: 'Money is a whole number of fen from zero, found {found}',
  },
  'cases/percent': { zh: '进度应在 0 至 100 之间，现为 {found}', en: 'Progress is 0 to 100, found {found}' },
  'cases/term-beyond': { zh: '{day} 超过了时限 {due}', en: '{day} lies beyond the term {due}' },
  'cases/day-past': { zh: '{field}：{day} 早于 {today}', en: '{field}: {day} is before {today}' },
  'cases/day-future': { zh: '{field}：{day} 晚于 {today}', en: '{field}: {day} is after {today}' },
  'cases/point': { zh: '坐标不成立：经度 {lng}，纬度 {lat}', en: 'Not a point: longitude {lng}, latitude {lat}' },
  'cases/unknown-id': { zh: '没有这个{what}：{id}', en: 'There is no such {what}: {id}' },
  'cases/above-clearance': {
    zh: '密级 {found} 高于您的知悉范围（{expected}），不能这样标注',
    en: 'The label {found} lies above your clearance of {expected}',
  },
  'cases/merge-target': {
    zh: '不能并入 {into}：应为本市另一件未办结的问题',
    en: 'Cannot merge into {into}: it must be another open case of this city',
  },
  'cases/visit-day': {
    zh: '到场日期 {day} 不成立：应在 {from} 至 {today} 之间',
    en: 'The day of the visit, {day}, must lie between {from} and {today}',
  },
  'cases/visit-people': {
    zh: '到场 {found} 人，应不少于 {expected} 人',
    en: '{found} people on site, at least {expected} are needed',
  },
  'cases/visit-far': {
    zh: '验收地点距问题点位 {distanceM} 米，应在 {radiusM} 米以内',
    en: 'The visit took place {distanceM} m from the place, {radiusM} m is the limit',
  },
  'cases/standard-missing': { zh: '没有填写验收标准：{standard}', en: 'The acceptance standard was not answered: {standard}' },
  'cases/standard-not-met': { zh: '验收标准未达到：{standard}', en: 'The acceptance standard is not met: {standard}' },
  'cases/standard-note': {
    zh: '验收标准“{standard}”不涉及的，须说明理由',
    en: 'Say why the standard does not apply: {standard}',
  },
  'cases/counts': {
    zh: '数目不成立：排查 {checked} 处，发现 {found} 处',
    en: 'The counts do not hold: {checked} checked, {found} found',
  },
  'cases/file': { zh: '文件信息不完整：{name}', en: 'The file is not fully described: {name}' },
  'cases/evidence-twice': { zh: '该文件已经提交过：{name}', en: 'The file was already sent: {name}' },
  'cases/taken-in-future': {
    zh: '照片“{name}”的拍摄时间 {taken} 晚于现在（{now}）',
    en: 'The photo “{name}” claims to be taken at {taken}, after now ({now})',
  },
  'cases/nobody-answers': { zh: '还没有责任单位，无人可催', en: 'No unit answers for it yet: there is nobody to remind' },
  'cases/no-reminder': { zh: '没有待签收的催办', en: 'No reminder waits for a receipt' },
  'cases/undo-nothing': { zh: '没有可以撤销的办理', en: 'There is nothing to take back' },
  'cases/undo-not-yours': {
    zh: '只能撤销本人办理的事项，这一步由 {name} 办理',
    en: 'Only your own act can be taken back; this one is by {name}',
  },
  'cases/undo-kind': { zh: '“{move}”办理后不能撤销', en: '“{move}” cannot be taken back' },
  'cases/undo-late': {
    zh: '办理已超过 {minutes} 分钟，不能撤销',
    en: 'More than {minutes} minutes have passed: it cannot be taken back',
  },
  'cases/undo-public': {
    zh: '问题已在公示，外界已经看到，不能撤销',
    en: 'It is on public notice and was seen: it cannot be taken back',
  },
  'cases/undo-left': {
    zh: '已有文书或通知据此发出，不能撤销',
    en: 'A letter or a notice went out because of it: it cannot be taken back',
  },
  'cases/import-state': {
    zh: '“{path}”类问题不能导入为“{state}”状态',
    en: 'A case of the path “{path}” cannot be imported in the state “{state}”',
  },
}

/** The text of a refusal with its codes put into words of each language; other params stay as `{name}` for the caller to fill. */
export function refusalText({ code, params }: Pick<Refusal, 'code' | 'params'>): Label {
  const text = REFUSAL_TEXTS[code]
  if (!text) return { zh: code, en: code }
  return { zh: worded(text.zh, params, 'zh'), en: worded(text.en, params, 'en') }
}

type Language = keyof Label

// Params whose values are codes of a closed list, or lists of them.
const WORDS: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
  roles: ROLE_LABELS,
  role: ROLE_LABELS,
  state: STATE_LABELS,
  next: STATE_LABELS,
  move: MOVE_LABELS,
  path: PATH_LABELS,
  source: SOURCE_LABELS,
  standard: STANDARD_LABELS,
  apart: APART_LABELS,
  bond: BOND_LABELS,
  secrecy: SECRECY_LEVELS,
  field: FIELD_LABELS,
  fields: FIELD_LABELS,
  missing: FIELD_LABELS,
  what: THING_WORDS,
}

function worded(text: string, params: Params, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const words = WORDS[name]
    if (!words || !(name in params)) return whole
    const codes = String(params[name]).split(', ')
    return codes.map((code) => words[code]?.[language] ?? code).join(language === 'zh' ? '、' : ', ') || '—'
  })
}
