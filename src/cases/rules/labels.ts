import type { Label } from '../../people/rules/actor.ts'
import type {
  Answer,
  Category,
  Colour,
  DutyKind,
  EvidenceKind,
  Finding,
  FlagKind,
  Move,
  Outcome,
  Path,
  Pollution,
  Qinling,
  RecordAct,
  Scope,
  SecrecyName,
  Severity,
  SourceType,
  Standard,
  State,
  Thing,
} from './codes.ts'

type Labels<Code extends string> = Readonly<Record<Code, Label>>

export const STATE_LABELS: Labels<State> = {
  reported: { zh: '待研判', en: 'Awaiting triage' },
  triaged: { zh: '待交办', en: 'Awaiting assignment' },
  assigned: { zh: '待签收', en: 'Awaiting signature' },
  returned: { zh: '退回待审定', en: 'Returned, awaiting a ruling' },
  signed: { zh: '待报方案', en: 'Awaiting the plan' },
  plan_submitted: { zh: '方案待审', en: 'Plan under review' },
  rectifying: { zh: '整改中', en: 'Being rectified' },
  self_checked: { zh: '待初验', en: 'Awaiting county acceptance' },
  county_accepted: { zh: '待复核', en: 'Awaiting city review' },
  city_accepted: { zh: '待公示', en: 'Awaiting publication' },
  publicising: { zh: '公示中', en: 'On public notice' },
  objected: { zh: '异议核查', en: 'Objection under review' },
  filed: { zh: '已备案', en: 'Filed above' },
  closed: { zh: '已销号', en: 'Cleared off' },
  declined: { zh: '不予受理', en: 'Declined' },
  merged: { zh: '并案', en: 'Merged' },
  unfounded: { zh: '不属实', en: 'Unfounded' },
  transferred: { zh: '移送', en: 'Transferred' },
}

export const MOVE_LABELS: Labels<Move | RecordAct> = {
  report: { zh: '登记', en: 'Report' },
  triage: { zh: '研判', en: 'Triage' },
  decline: { zh: '不予受理', en: 'Decline' },
  merge: { zh: '并案', en: 'Merge' },
  assign: { zh: '交办', en: 'Assign' },
  sign: { zh: '签收', en: 'Sign for' },
  return: { zh: '退回', en: 'Return' },
  arbitrate: { zh: '审定退回', en: 'Rule on the return' },
  plan: { zh: '报方案', en: 'Submit the plan' },
  approve_plan: { zh: '审定方案', en: 'Approve the plan' },
  reject_plan: { zh: '驳回方案', en: 'Reject the plan' },
  progress: { zh: '报进展', en: 'Report progress' },
  request_extension: { zh: '申请延期', en: 'Request an extension' },
  decide_extension: { zh: '审定延期', en: 'Decide on the extension' },
  suspend: { zh: '中止计时', en: 'Suspend the clock' },
  resume: { zh: '恢复计时', en: 'Resume the clock' },
  self_check: { zh: '自查完成', en: 'Self-check' },
  county_accept: { zh: '县级初验通过', en: 'County acceptance' },
  county_reject: { zh: '县级初验不通过', en: 'County rejection' },
  city_accept: { zh: '市级验收通过', en: 'City acceptance' },
  city_reject: { zh: '市级验收不通过', en: 'City rejection' },
  publicise: { zh: '公示', en: 'Publicise' },
  object: { zh: '提出异议', en: 'Object' },
  resolve_objection: { zh: '异议核查结论', en: 'Resolve the objection' },
  file: { zh: '备案', en: 'File above' },
  close: { zh: '销号', en: 'Clear off' },
  recheck: { zh: '回头看', en: 'Look back' },
  reopen: { zh: '重启', en: 'Reopen' },
  transfer: { zh: '移送', en: 'Transfer' },
  mark_unfounded: { zh: '认定不属实', en: 'Mark unfounded' },
  infer: { zh: '举一反三', en: 'Infer' },
  override_colour: { zh: '人工定色', en: 'Override the colour' },
  add_evidence: { zh: '添加证据', en: 'Add evidence' },
  flag: { zh: '标记情形', en: 'Flag' },
  import: { zh: '导入', en: 'Import' },
  remind: { zh: '催办', en: 'Remind' },
  acknowledge: { zh: '催办签收', en: 'Acknowledge the reminder' },
  undo: { zh: '撤销', en: 'Take back' },
}

export const COLOUR_LABELS: Labels<Colour> = {
  green: { zh: '绿', en: 'Green' },
  yellow: { zh: '黄', en: 'Yellow' },
  red: { zh: '红', en: 'Red' },
}

export const PATH_LABELS: Labels<Path> = {
  inspection: { zh: '督察反馈', en: 'Inspection' },
  petition: { zh: '信访交办、边督边改', en: 'Petition handed over' },
  complaint: { zh: '12345/12369/公众', en: 'Complaint' },
  patrol: { zh: '五乱、巡查', en: 'Patrol' },
  lead: { zh: '卫星、监测', en: 'Lead' },
}

export const OUTCOME_LABELS: Labels<Outcome> = {
  rectified: { zh: '已整改', en: 'Rectified' },
  unfounded: { zh: '不属实', en: 'Unfounded' },
  declined: { zh: '不予受理', en: 'Declined' },
  merged: { zh: '并案', en: 'Merged' },
  transferred: { zh: '移送', en: 'Transferred' },
}

export const SOURCE_LABELS: Labels<SourceType> = {
  central_inspection: { zh: '中央生态环境保护督察反馈', en: 'Central inspection feedback' },
  central_petition: { zh: '中央督察信访交办(边督边改)', en: 'Petition handed over by the central inspection' },
  yangtze_film: { zh: '长江经济带警示片', en: 'Yangtze Economic Belt warning film' },
  provincial_inspection: { zh: '省委省级督察/专项督察', en: 'Provincial or special inspection' },
  provincial_covert: { zh: '省级暗访', en: 'Provincial unannounced visit' },
  city_inspection: { zh: '市级督查/暗访交办', en: 'City inspection or unannounced visit' },
  npc_cppcc: { zh: '人大执法检查/政协', en: "People's Congress or CPPCC" },
  discipline_audit: { zh: '巡视巡察/审计', en: 'Discipline inspection or audit' },
  petition_letter: { zh: '信访(来信来访)', en: 'Letter or visit' },
  hotline_12345: { zh: '12345', en: 'Hotline 12345' },
  hotline_12369: { zh: '12369/微信举报', en: 'Hotline 12369 or WeChat' },
  rewarded_report: { zh: '有奖举报', en: 'Rewarded report' },
  grid_patrol: { zh: '网格巡查', en: 'Grid patrol' },
  chief_patrol: { zh: '林长/河湖长巡查', en: 'Patrol of a chief' },
  satellite: { zh: '卫星/无人机图斑', en: 'Satellite or drone spot' },
  monitoring: { zh: '自动监测超标', en: 'Automatic monitoring exceedance' },
  media: { zh: '媒体舆情', en: 'Media' },
  prosecutor: { zh: '检察建议/公益诉讼', en: 'Prosecutor' },
  own_check: { zh: '自查(N)', en: 'Own check' },
}

export const CATEGORY_LABELS: Labels<Category> = {
  W1: { zh: '乱搭乱建', en: 'Disorderly building' },
  W2: { zh: '乱砍乱伐', en: 'Disorderly felling' },
  W3: { zh: '乱采乱挖', en: 'Disorderly mining and digging' },
  W4: { zh: '乱排乱放', en: 'Disorderly discharge and dumping' },
  W5: { zh: '乱捕乱猎', en: 'Disorderly fishing and hunting' },
  A: { zh: '大气', en: 'Air' },
  B: { zh: '水', en: 'Water' },
  C: { zh: '土壤固废', en: 'Soil and solid waste' },
  D: { zh: '生态', en: 'Ecology' },
  E: { zh: '噪声', en: 'Noise' },
  F: { zh: '手续与管理', en: 'Permits and management' },
  G: { zh: '安全', en: 'Safety' },
}

export const POLLUTION_LABELS: Labels<Pollution> = {
  water: { zh: '水', en: 'Water' },
  air: { zh: '大气', en: 'Air' },
  soil: { zh: '土壤', en: 'Soil' },
  waste: { zh: '垃圾', en: 'Waste' },
  noise: { zh: '噪声', en: 'Noise' },
  ecology: { zh: '生态', en: 'Ecology' },
  fume: { zh: '油烟', en: 'Cooking fumes' },
  dust: { zh: '扬尘', en: 'Dust' },
  radiation: { zh: '辐射', en: 'Radiation' },
  other: { zh: '其他', en: 'Other' },
}

export const SECRECY_LABELS: Labels<SecrecyName> = {
  public: { zh: '可公开', en: 'May be published' },
  internal: { zh: '内部', en: 'Internal' },
  restricted: { zh: '限定知悉', en: 'Restricted' },
  sealed: { zh: '封存', en: 'Sealed' },
}

export const FINDING_LABELS: Labels<Finding> = {
  founded: { zh: '属实', en: 'Founded' },
  partly_founded: { zh: '部分属实', en: 'Partly founded' },
  unfounded: { zh: '不属实', en: 'Unfounded' },
}

export const EVIDENCE_LABELS: Labels<EvidenceKind> = {
  before: { zh: '整改前', en: 'Before' },
  during: { zh: '整改中', en: 'During' },
  after: { zh: '整改后', en: 'After' },
  document: { zh: '文件', en: 'Document' },
  monitoring: { zh: '监测报告', en: 'Monitoring report' },
  site_visit: { zh: '现场核查', en: 'Site visit' },
  other: { zh: '其他', en: 'Other' },
}

export const THING_LABELS: Labels<Thing> = {
  place: { zh: '现场类', en: 'On a place' },
  institution: { zh: '制度职责类', en: 'Institutional duty' },
}

export const SEVERITY_LABELS: Labels<Severity> = {
  general: { zh: '一般', en: 'General' },
  serious: { zh: '较重', en: 'Serious' },
  major: { zh: '重大', en: 'Major' },
}

export const QINLING_LABELS: Labels<Qinling> = {
  core: { zh: '核心保护区', en: 'Core zone' },
  key: { zh: '重点保护区', en: 'Key zone' },
  general: { zh: '一般保护区', en: 'General zone' },
  outside: { zh: '秦岭范围外', en: 'Outside the Qinling range' },
}

export const DUTY_LABELS: Labels<DutyKind> = {
  responsible: { zh: '责任单位', en: 'Responsible unit' },
  lead: { zh: '牵头单位', en: 'Lead unit' },
  supporting: { zh: '配合单位', en: 'Supporting unit' },
  supervising: { zh: '督导单位', en: 'Supervising unit' },
  acceptance: { zh: '验收单位', en: 'Acceptance unit' },
}

export const STANDARD_LABELS: Labels<Standard> = {
  tasksDone: { zh: '任务措施全部完成', en: 'All tasks and measures are done' },
  violationsPunished: { zh: '违法行为依法查处', en: 'Violations have been punished' },
  effectMeetsStandard: { zh: '整改效果达到法规标准', en: 'The effect meets law and standards' },
  inferenceDone: { zh: '举一反三落实', en: 'The same was looked for elsewhere' },
  causeTraced: { zh: '查清成因、建立长效机制', en: 'The cause is traced, a long-term mechanism stands' },
}

export const ANSWER_LABELS: Labels<Answer> = {
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  na: { zh: '不涉及', en: 'Does not apply' },
}

export const FLAG_LABELS: Labels<FlagKind> = {
  false_evidence: { zh: '证据造假', en: 'False evidence' },
  criticised: { zh: '省级以上通报或媒体曝光', en: 'Criticised by the province or above, or by the media' },
}

export const SCOPE_LABELS: Labels<Scope> = {
  city: { zh: '全市', en: 'Whole city' },
  county: { zh: '全县', en: 'Whole county' },
  industry: { zh: '同行业', en: 'Same industry' },
}
