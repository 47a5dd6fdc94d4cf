/** What a column may hold, in our words, with the headers that official sheets write for it; the first is the one exports use. */
export const COLUMNS = {
  no: ['序号'],
  systemNo: ['系统编号'],
  originalNo: [
    '问题编号',
    '编号',
    '受理编号',
    '交办编号',
    '受理号',
    '交办件编号',
    '信访编号',
    '信访件编号',
    '转办编号',
    '案件编号',
    '工单编号',
  ],
  source: ['来源', '问题来源', '信息来源', '来源渠道', '交办来源'],
  batch: ['批次', '交办批次', '督察批次', '轮次', '督察轮次'],
  planDocNo: ['整改方案文号', '方案文号', '整改方案'],
  problem: [
    ...[
      '反馈问题',
      '交办问题基本情况',
      '问题',
      '存在问题',
      '具体问题',
      '问题描述',
      '问题内容',
      '问题表述',
      '反馈问题描述',
      '反馈意见问题',
    ],
    ...[
      '督察反馈问题',
      '整改问题',
      '整改任务',
      '原文',
      '交办问题',
      '交办信访问题基本情况',
      '信访问题',
      '信访件基本情况',
      '问题基本情况',
    ],
    ...['举报内容', '举报问题', '反映问题', '反映情况', '反映内容', '投诉内容', '群众反映问题', '群众举报问题'],
  ],
  title: ['标题', '问题名称', '问题标题', '主题'],
  region: [
    ...[
      '所属县区',
      '县区',
      '区县',
      '行政区域',
      '行政区',
      '行政区划',
      '所在县区',
      '责任县区',
      '涉及县区',
      '涉及区县',
      '所属区县',
      '属地',
      '所属区域',
    ],
  ],
  regionUnits: [
    '涉及区县及部门',
    '涉及县区及部门',
    '涉及区县和部门',
    '涉及县区和部门',
    '责任县区及部门',
    '区县及部门',
    '县区及部门',
  ],
  town: ['乡镇', '镇办', '镇街', '镇街道', '所属镇', '所在乡镇', '乡镇村'],
  address: ['位置', '具体位置', '地址', '详细地址', '地点', '点位', '所在位置'],
  point: ['经纬度', '坐标', '点位坐标'],
  lng: ['经度', '东经'],
  lat: ['纬度', '北纬'],
  qinling: ['所在秦岭分区', '秦岭分区', '秦岭保护分区'],
  goal: ['整改目标', '目标'],
  measures: ['整改措施', '措施', '重点措施', '主要措施', '整改任务措施'],
  term: ['整改时限', '时限', '整改期限', '完成时限', '办理时限', '办结时限', '整改完成时限', '计划完成时间'],
  progress: [
    ...[
      '整改落实情况',
      '落实情况',
      '整改情况',
      '整改进展',
      '整改进展情况',
      '进展情况',
      '工作进展',
      '整改完成情况',
      '处理和整改情况',
    ],
    ...['处理及整改情况', '办理情况', '查处整改情况'],
  ],
  percent: ['进度', '整改进度', '完成比例'],
  implementer: ['整改实施主体', '实施主体', '整改主体', '整改责任主体'],
  responsible: ['责任单位', '整改责任单位', '整改单位', '承办单位', '主办单位', '办理单位', '责任部门'],
  lead: ['牵头单位', '牵头部门', '市级牵头单位', '市级牵头部门'],
  supporting: ['配合单位', '配合部门', '协办单位', '参与单位'],
  supervising: ['督导单位', '督办单位', '督导部门', '监督单位'],
  acceptance: ['验收单位', '验收部门', '销号单位', '验收销号单位'],
  leader: ['责任领导', '包抓领导', '包案领导', '分管领导', '整改责任领导'],
  contact: ['联系人', '责任人', '整改责任人', '经办人'],
  selfChecked: ['自查时间', '自查日期', '自验时间', '自查完成时间'],
  selfCheckText: ['自查结论', '自查情况'],
  countyAccepted: ['初验时间', '初验日期', '县级初验时间', '县级验收时间', '县区验收时间', '初验'],
  cityAccepted: ['验收时间', '验收日期', '市级验收时间', '现场验收时间', '复核时间', '复核日期', '复核'],
  opinion: ['验收意见', '验收结论', '验收情况', '验收销号意见'],
  notice: ['公示起止', '公示起止时间', '公示时间', '公示期', '公示期限'],
  noticeFrom: ['公示开始', '公示开始时间', '公示开始日期', '公示起'],
  noticeTo: ['公示结束', '公示结束时间', '公示结束日期', '公示止'],
  filingNo: ['备案文号', '备案号'],
  filedOn: ['备案日期', '备案时间'],
  filedWith: ['备案机关', '备案单位'],
  closedOn: ['销号日期', '销号时间', '办结时间', '办结日期', '结案时间'],
  recheckDue: ['回头看日期', '回头看时间'],
  status: ['办结状态', '办结情况', '是否办结', '办理状态', '整改状态', '销号状态', '是否完成整改', '状态'],
  finding: ['是否属实', '属实情况', '举报是否属实'],
  investigation: ['调查核实情况', '调查情况', '核实情况', '调查核实', '调查核实及处理情况'],
  penalty: ['处理处罚和问责情况', '处理处罚及问责情况', '问责情况', '处罚情况', '责任人被处理情况'],
  note: ['备注'],
  pollution: ['污染类型', '污染类别', '问题类型', '举报类型', '类型'],
  category: ['问题类别', '类别', '分类'],
  thing: ['整改性质', '问题性质'],
  severity: ['严重度', '严重程度', '问题等级'],
  common: ['是否共性', '共性问题', '是否共性问题'],
  enterprise: ['涉及企业', '企业名称', '责任企业', '被举报单位'],
  secrecy: ['密级'],
  reportedOn: ['受理日期', '受理时间', '登记日期', '登记时间', '来电时间', '举报时间'],
  assignedOn: ['交办日期', '交办时间', '转办日期', '转办时间'],
  signedOn: ['签收日期', '签收时间'],
  foundOn: ['发现时间', '发现日期', '反馈时间', '反馈日期'],
  sample: ['示例'],
} as const satisfies Record<string, readonly string[]>

export type Field = keyof typeof COLUMNS
export const FIELDS = Object.keys(COLUMNS) as Field[]

export type Layout = 'closure' | 'petition'

/**
 * The official columns of each layout in their order (汉中市 整改销号公示 2025-12-12, 汉台区 办理情况公示表 2021); a bracket of fields means
 * that any one of them will do.
 */
export const LAYOUTS: Readonly<Record<Layout, { columns: readonly Field[]; needs: readonly (readonly Field[])[] }>> = {
  closure: {
    columns: ['no', 'problem', 'goal', 'measures', 'term', 'progress', 'cityAccepted'],
    needs: [['problem']],
  },
  petition: {
    columns: ['no', 'problem', 'regionUnits', 'investigation', 'finding', 'penalty', 'note'],
    needs: [['problem'], ['regionUnits', 'region']],
  },
}

/** The columns of a layout as their first headers, for a message that says what was expected. */
export function headersOf(layout: Layout): string[] {
  return LAYOUTS[layout].columns.map((field) => headerOf(field, layout))
}

/** The header that a layout writes for a field: the petition table has its own word for the problem. */
export function headerOf(field: Field, layout?: Layout): string {
  return field === 'problem' && layout === 'petition' ? '交办问题基本情况' : COLUMNS[field][0]
}

/** One spelling for the many of a header: half-width, no blanks, no line breaks, no marks at its end. */
export function normalHeader(text: string): string {
  return text.normalize('NFKC').replace(/[\s*:：]+/g, '')
}

/** The field that a header names, with or without what stands in its brackets; undefined where it is none of ours. */
export function fieldOf(header: string): Field | undefined {
  const whole = normalHeader(header)
  return BY_HEADER.get(whole) ?? BY_HEADER.get(whole.replace(/\(.*?\)/g, ''))
}

/** Headers of columns that may say who reported a problem; they are not read (Code art. 146). */
export function isPrivate(header: string): boolean {
  return /举报人|信访人|投诉人|反映人|来信人|来电人|来访人|报告人|姓名|身份证|电话|手机|微信号|邮箱/.test(normalHeader(header))
}

const BY_HEADER = new Map<string, Field>(
  FIELDS.flatMap((field) => COLUMNS[field].map((header): [string, Field] => [header, field])),
)
