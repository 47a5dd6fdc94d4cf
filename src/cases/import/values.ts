import type { Label } from '../../people/rules/actor.ts'
import type { SecrecyName, Severity, SourceType, Thing } from '../rules/codes.ts'
import { type Category, type Finding, type Pollution, type Qinling, SECRECY, type Secrecy } from '../rules/codes.ts'
import {
  CATEGORY_LABELS,
  FINDING_LABELS,
  POLLUTION_LABELS,
  QINLING_LABELS,
  SECRECY_LABELS,
  SEVERITY_LABELS,
  SOURCE_LABELS,
  THING_LABELS,
} from '../rules/labels.ts'

/** What 办结状态 says: closed, closed for now (阶段性办结), not closed, rectified but not yet accepted, or an end beside it. */
export type Status = 'done' | 'stage' | 'open' | 'finished' | 'declined' | 'transferred'

/** A closed list as cells write it: the codes, their Chinese labels, and the words in use beside them. */
export type Words<Code extends string> = { codes: ReadonlyMap<string, Code>; expected: string }

export const SOURCES = words(SOURCE_LABELS, {
  central_inspection: ['中央督察反馈', '中央生态环境保护督察', '中央环保督察', '中央督察', '中央生态环保督察反馈'],
  central_petition: ['中央督察信访交办', '边督边改', '中央督察交办信访件', '信访交办', '中央督察信访件'],
  yangtze_film: ['警示片', '长江警示片', '长江经济带生态环境警示片'],
  provincial_inspection: [
    '省级督察',
    '省级环保督察',
    '省生态环境保护督察',
    '省委环保督察',
    '省督察',
    '省级生态环境保护督察',
    '专项督察',
  ],
  provincial_covert: ['省上暗访', '暗访'],
  city_inspection: ['市级督查', '市级督察', '市级交办', '市级暗访', '暗访交办'],
  npc_cppcc: ['人大执法检查', '政协', '人大'],
  discipline_audit: ['巡视', '巡察', '审计', '巡视巡察'],
  petition_letter: ['信访', '来信来访', '来信', '来访', '网络问政'],
  hotline_12345: ['12345热线', '12345政务服务便民热线', '政务热线'],
  hotline_12369: ['12369', '微信举报', '12369热线'],
  grid_patrol: ['网格员', '网格'],
  chief_patrol: ['林长巡查', '河湖长巡查', '河长巡查', '林长', '河长'],
  satellite: ['卫星图斑', '无人机图斑', '图斑', '卫星遥感'],
  monitoring: ['自动监测', '在线监测'],
  media: ['媒体', '舆情', '媒体曝光'],
  prosecutor: ['检察建议', '公益诉讼'],
  own_check: ['自查', '自查发现', '举一反三'],
} satisfies Partial<Record<SourceType, string[]>>)

export const POLLUTIONS = words(POLLUTION_LABELS, {
  water: ['水污染', '水环境', '废水'],
  air: ['大气污染', '废气', '空气', '气', '恶臭', '异味'],
  soil: ['土壤污染'],
  waste: ['固废', '固体废物', '生活垃圾', '建筑垃圾', '垃圾污染', '固体废弃物'],
  noise: ['噪音', '噪声污染', '噪音污染'],
  ecology: ['生态破坏', '生态环境', '自然生态'],
  fume: ['餐饮油烟', '油烟污染'],
  dust: ['扬尘污染', '粉尘'],
  radiation: ['电磁辐射', '辐射污染'],
  other: ['其它', '其他污染', '其它污染', '其他问题'],
} satisfies Partial<Record<Pollution, string[]>>)

export const CATEGORIES = words(CATEGORY_LABELS, {
  A: ['大气污染'],
  B: ['水污染', '水环境'],
  C: ['土壤', '固废', '固体废物', '土壤污染'],
  D: ['生态破坏', '生态保护'],
  E: ['噪音', '噪声污染'],
  F: ['手续', '管理', '制度', '体制机制'],
} satisfies Partial<Record<Category, string[]>>)

export const FINDINGS_IN_WORDS = words(FINDING_LABELS, {
  founded: ['基本属实', '情况属实', '是'],
  partly_founded: ['部份属实', '部分不属实'],
  unfounded: ['不实', '不属实的', '否', '失实'],
} satisfies Partial<Record<Finding, string[]>>)

export const THINGS_IN_WORDS = words(THING_LABELS, {
  place: ['现场', '点位', '具体点位'],
  institution: ['制度', '职责', '体制机制', '制度类'],
} satisfies Partial<Record<Thing, string[]>>)

export const SEVERITIES_IN_WORDS = words(SEVERITY_LABELS, {
  serious: ['较大', '突出', '严重'],
  major: ['重点', '特别严重'],
} satisfies Partial<Record<Severity, string[]>>)

export const QINLINGS = words(QINLING_LABELS, {
  core: ['核心区'],
  key: ['重点区'],
  general: ['一般区'],
  outside: ['范围外', '不在秦岭范围', '不涉及'],
} satisfies Partial<Record<Qinling, string[]>>)

export const SECRECIES = words(SECRECY_LABELS, { public: ['公开', '非密'], restricted: ['限定'] } satisfies Partial<
  Record<SecrecyName, string[]>
>)

export const STATUSES: Words<Status> = table({
  done: ['已办结', '办结', '已销号', '销号', '已完成销号', '是'],
  stage: ['阶段性办结', '阶段办结', '基本办结', '长期坚持', '持续推进'],
  open: ['未办结', '正在办理', '办理中', '整改中', '正在整改', '推进中', '未完成', '未销号', '否'],
  finished: ['已完成整改', '已完成', '完成整改', '整改完成', '已整改'],
  declined: ['不予受理'],
  transferred: ['已移送', '移送'],
})

export const YES_NO: Words<'yes' | 'no'> = table({
  yes: ['是', '有', '共性', '示例', 'true', '1'],
  no: ['否', '无', '个性', 'false', '0'],
})

/** The code of a cell's word, or undefined; blanks, brackets and width do not matter. */
export function codeOf<Code extends string>(list: Words<Code>, cell: string): Code | undefined {
  return list.codes.get(plain(cell))
}

/** The level of a secrecy label. */
export function secrecyLevel(name: SecrecyName): Secrecy {
  return SECRECY[name]
}

function words<Code extends string>(labels: Readonly<Record<Code, Label>>, others: Partial<Record<Code, string[]>>): Words<Code> {
  const codes = Object.keys(labels) as Code[]
  const spellings = (code: Code) => [code, labels[code].zh, `${code}${labels[code].zh}`, ...(others[code] ?? [])]
  return {
    codes: new Map(codes.flatMap((code) => spellings(code).map((word): [string, Code] => [plain(word), code]))),
    expected: codes.map((code) => labels[code].zh).join('、'),
  }
}

function table<Code extends string>(spellings: Readonly<Record<Code, string[]>>): Words<Code> {
  const codes = Object.keys(spellings) as Code[]
  return {
    codes: new Map(codes.flatMap((code) => spellings[code].map((word): [string, Code] => [plain(word), code]))),
    expected: codes.map((code) => spellings[code][0]).join('、'),
  }
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()、,。.·]+/g, '')
}
