/** Letters and lists that an office may word for itself; each has a text of its own in data/templates. */
export const TEMPLATE_KINDS = [
  'assignment',
  'acceptance',
  'closure_notice',
  'reminder',
  'supervision',
  'bulletin',
  'minutes',
  'closure_list',
  'petition_list',
  'problem_list',
] as const
export type TemplateKind = (typeof TEMPLATE_KINDS)[number]

/** Whether a text names a kind. */
export function isTemplateKind(text: string | undefined): text is TemplateKind {
  return (TEMPLATE_KINDS as readonly unknown[]).includes(text)
}

type Label = { readonly zh: string; readonly en: string }

export const TEMPLATE_LABELS: Readonly<Record<TemplateKind, Label>> = {
  assignment: { zh: '交办单', en: 'Assignment form' },
  acceptance: { zh: '验收销号意见', en: 'Acceptance opinion' },
  closure_notice: { zh: '整改销号公示', en: 'Closure notice' },
  reminder: { zh: '提醒函', en: 'Reminder letter' },
  supervision: { zh: '督办函', en: 'Supervision letter' },
  bulletin: { zh: '月通报', en: 'Monthly bulletin' },
  minutes: { zh: '验收会议纪要', en: 'Minutes of an acceptance meeting' },
  closure_list: { zh: '整改销号公示表', en: 'Closure list' },
  petition_list: { zh: '边督边改公开情况一览表', en: 'Petition list' },
  problem_list: { zh: '问题清单', en: 'Problem list' },
}

/** One placeholder: what it says, and what a preview puts there; `rows` makes it a section that repeats. */
export type Placeholder = Label & { readonly name: string; readonly sample?: string; readonly rows?: readonly Placeholder[] }

const text = (name: string, zh: string, en: string, sample: string): Placeholder => ({ name, zh, en, sample })
const rows = (name: string, zh: string, en: string, of: readonly Placeholder[]): Placeholder => ({ name, zh, en, rows: of })

/** Placeholders of every kind. `serial` is empty in a draft: `{{#serial}}…{{/serial}}` leaves a number out until it is issued. */
export const COMMON: readonly Placeholder[] = [
  text('city', '市名', 'Name of the city', '汉中市'),
  text('office', '办公室全称', 'Full name of the office', '汉中市生态环境保护委员会办公室'),
  text('officePhone', '办公室电话', 'Telephone of the office', '0916-2253396'),
  text('year', '文号年份', 'Year of the number', '2026'),
  text('serial', '文号序号；未印发时为空', 'Number within the year; empty in a draft', '3'),
  text('today', '成文日期（年-月-日）', 'Day of the document (YYYY-MM-DD)', '2026-11-24'),
  text('secrecyMark', '密级标注；可公开、内部的为空', 'Mark of secrecy; empty where there is none', ''),
]

const CASE: readonly Placeholder[] = [
  text('no', '问题编号', 'Number of the case', 'HZ-2026-000123'),
  text('title', '问题名称', 'Title of the case', '洋县某砂场扬尘污染'),
  text('originalNo', '来文编号', 'Number it came with', '第3批B-7号'),
  text('originalText', '问题原文', 'Original text', '洋县某砂场未采取防尘措施，堆料露天堆放，扬尘严重。'),
  text('source', '问题来源', 'Source', '省委省级督察/专项督察'),
  text('batch', '批次', 'Batch', '第三轮省级督察'),
  text('category', '问题类别', 'Category', '大气'),
  text('severity', '严重程度', 'Severity', '一般'),
  text('region', '所属县区', 'County', '洋县'),
  text('place', '具体位置', 'Place', '洋县某镇某村'),
  text('planDocNo', '整改方案文号', 'Number of the rectification scheme', '汉字〔2024〕88号'),
  text('responsible', '责任单位', 'Responsible unit', '洋县人民政府'),
  text('lead', '牵头单位', 'Lead unit', '市生态环境局'),
  text('supporting', '配合单位', 'Supporting units', '市水利局'),
  text('supervising', '督导单位', 'Supervising unit', '市环督办'),
  text('acceptanceUnit', '验收单位', 'Acceptance unit', '市生态环境局'),
  text('leader', '责任领导', 'Responsible leader', '张某（副县长）'),
  text('goal', '整改目标', 'Goal', '规范生产，消除扬尘污染。'),
  text('measures', '整改措施', 'Measures', '1.建设围挡；\n2.安装喷淋。'),
  text('term', '整改时限', 'Term', '2026年12月底前'),
  text('due', '截止日期', 'Last day', '2026年12月31日'),
  text('assignedOn', '交办日期', 'Day of dispatch', '2026年11月24日'),
]

const CHECKS: readonly Placeholder[] = [
  text('result', '整改落实情况', 'What was done', '已建成围挡320米，安装喷淋设施4套，料堆全部入棚。'),
  text('selfConclusion', '自查结论', 'Conclusion of the self-check', '整改任务已完成。'),
  text('selfOn', '自查日期', 'Day of the self-check', '2026年11月1日'),
  text('countyConclusion', '县级初验结论', 'Conclusion of the county', '初验合格。'),
  text('countyOn', '县级初验日期', 'Day of county acceptance', '2026年11月8日'),
  text('cityConclusion', '市级验收结论', 'Conclusion of the city', '同意通过验收。'),
  text('cityOn', '市级验收日期', 'Day of city acceptance', '2026年11月15日'),
  text('onSiteDay', '现场核查日期', 'Day on site', '2026年11月14日'),
  text('onSitePeople', '现场核查人员', 'Who was on site', '李某、王某'),
  text('opinionNo', '验收意见文号', 'Number of the opinion', ''),
  rows('standards', '五项验收标准', 'The five acceptance standards', [
    text('standard', '标准', 'Standard', '任务措施全部完成'),
    text('answer', '结论（是、否、不涉及）', 'Answer', '是'),
    text('remark', '说明', 'Remark', ''),
  ]),
]

const NOTICE: readonly Placeholder[] = [
  text('from', '公示开始日期', 'First day of the notice', '2026年11月24日'),
  text('lastDay', '公示截止日期', 'Last day of the notice', '2026年12月7日'),
  text('phone', '反映电话', 'Telephone for objections', '0916-2253396'),
  text('planDocNo', '整改方案文号', 'Number of the rectification scheme', '汉字〔2024〕88号'),
]

const CLOSURE_ROW: readonly Placeholder[] = [
  text('at', '序号', 'Number in the list', '1'),
  text('problem', '反馈问题', 'Problem fed back', '工地扬尘监管职能交叉，部门之间配合联动不到位。'),
  text('goal', '整改目标', 'Goal', '明晰职责，依法依规履职。'),
  text('measures', '整改措施', 'Measures', '1.开展评估；\n2.厘清职能。'),
  text('term', '整改时限', 'Term', '2025年12月底前'),
  text('result', '整改落实情况', 'What was done', '已印发职责分工文件。'),
  text('acceptedOn', '验收时间', 'Day of acceptance', '2025年11月15日'),
  text('implementer', '整改实施主体', 'Implementer', '市住房和城乡建设局'),
  text('acceptanceUnit', '验收单位', 'Acceptance unit', '市生态环境局'),
]

const LATE: readonly Placeholder[] = [
  text('to', '主送单位', 'To whom it is sent', '洋县人民政府'),
  text(
    'reason',
    '发函缘由（一段）',
    'Why the letter is sent (a paragraph)',
    '截至2026年11月24日，该问题整改进度滞后于时限要求。',
  ),
  text('colour', '颜色', 'Colour', '黄'),
  text('daysLeft', '距截止天数；已逾期为负数', 'Days to the last day, negative when it has passed', '12'),
  text('progress', '最近进展', 'Latest progress', '围挡建设已完成60%。'),
  text('requests', '工作要求（一行一条）', 'What is asked for, one a line', '1.立即组织力量加快整改；\n2.落实包抓责任。'),
  text('answerBy', '回复截止日期', 'Last day of the answer', '2026年11月29日'),
  text('contact', '联系人', 'Contact', '李某'),
  text('contactPhone', '联系电话', 'Telephone of the contact', '0916-2253396'),
]

/** The placeholders of a kind beside those of every kind. */
export const PLACEHOLDERS: Readonly<Record<TemplateKind, readonly Placeholder[]>> = {
  assignment: [...CASE, text('requirements', '办理要求', 'What is asked for', '请于时限内完成整改并按要求报送进展。')],
  acceptance: [...CASE, ...CHECKS],
  closure_notice: [...NOTICE, rows('rows', '公示的问题', 'The problems on notice', CLOSURE_ROW)],
  reminder: [...CASE, ...LATE],
  supervision: [...CASE, ...LATE, text('earlier', '此前督促情况', 'What was sent before', '2026年11月1日已发提醒函。')],
  bulletin: [
    text('month', '通报月份', 'Month', '2026年10月'),
    text('issue', '期号', 'Issue', '第10期'),
    text('to', '主送单位', 'To whom it is sent', '各县（区）人民政府，市级有关部门'),
    text('copies', '抄送单位', 'Copies', '市委办公室，市政府办公室'),
    text('summary', '总体情况（一段）', 'Summary (a paragraph)', '10月底全市在办问题120个，办结15个，逾期3个。'),
    text('progressText', '主要进展（可多段）', 'Progress (paragraphs)', '各县区认真落实整改责任。'),
    text('problemsText', '存在问题（可多段）', 'Shortcomings (paragraphs)', '个别县区进度滞后。'),
    text('nextText', '下一步要求（可多段）', 'What comes next (paragraphs)', '对逾期问题挂账督办。'),
    rows('counties', '各县区情况', 'By county', [
      text('name', '县区', 'County', '洋县'),
      text('open', '在办', 'Open', '12'),
      text('done', '本月办结', 'Done this month', '2'),
      text('overdue', '逾期', 'Overdue', '1'),
      text('green', '绿', 'Green', '9'),
      text('yellow', '黄', 'Yellow', '2'),
      text('red', '红', 'Red', '1'),
    ]),
    rows('redCases', '红色问题', 'Red problems', [
      text('no', '编号', 'Number', 'HZ-2026-000123'),
      text('title', '问题', 'Title', '洋县某砂场扬尘污染'),
      text('unit', '责任单位', 'Responsible unit', '洋县人民政府'),
      text('why', '定色原因', 'Why it is red', '超过整改时限'),
    ]),
  ],
  minutes: [
    text('meetingDay', '会议日期', 'Day of the meeting', '2026年11月24日'),
    text('meetingPlace', '会议地点', 'Place', '市生态环境局三楼会议室'),
    text('chair', '主持人', 'Chair', '张某'),
    text('attendees', '参会人员', 'Who attended', '李某、王某、赵某'),
    text('recorder', '记录人', 'Who wrote it down', '孙某'),
    text('summary', '会议概况（一段）', 'Summary (a paragraph)', '会议听取整改情况汇报，逐项审议验收材料。'),
    rows('cases', '审议的问题', 'The problems that were dealt with', [
      text('at', '序号', 'Number in the list', '1'),
      text('no', '编号', 'Number', 'HZ-2026-000123'),
      text('title', '问题', 'Title', '洋县某砂场扬尘污染'),
      text('unit', '责任单位', 'Responsible unit', '洋县人民政府'),
      text('decision', '会议结论', 'What was decided', '通过验收'),
      text('remark', '说明', 'Remark', ''),
    ]),
  ],
  closure_list: [rows('rows', '逐行', 'The rows', CLOSURE_ROW)],
  petition_list: [
    text('asOf', '统计截止日期', 'As of', '2026年11月24日'),
    rows('rows', '逐行', 'The rows', [
      text('at', '序号', 'Number in the list', '1'),
      text('no', '受理编号', 'Receipt number', 'X3SN202611240001'),
      text('problem', '交办问题基本情况', 'The problem', '某砂场扬尘严重。'),
      text('regionUnits', '涉及区县及部门', 'Counties and departments', '洋县，县水利局'),
      text('pollution', '污染类型', 'Pollution', '大气'),
      text('investigation', '调查核实情况', 'What was found', '经现场核查，堆料未覆盖。'),
      text('finding', '是否属实', 'Founded or not', '属实'),
      text('result', '处理和整改情况', 'What was done', '已责令停产整改。'),
      text('status', '办结状态', 'Whether it is done', '已办结'),
      text('accountability', '处理处罚和问责情况', 'Penalties and accountability', '无'),
      text('remark', '备注', 'Remark', ''),
    ]),
  ],
  problem_list: [
    text('asOf', '统计截止日期', 'As of', '2026年11月24日'),
    rows('rows', '逐行', 'The rows', [
      text('at', '序号', 'Number in the list', '1'),
      text('no', '编号', 'Number', 'HZ-2026-000123'),
      text('source', '来源', 'Source', '省级督察'),
      text('batch', '批次', 'Batch', '第三轮省级督察'),
      text('category', '问题类别', 'Category', '大气'),
      text('place', '位置', 'Place', '洋县某镇'),
      text('qinling', '所在秦岭分区', 'Qinling zone', '秦岭范围外'),
      text('foundOn', '发现时间', 'Found on', '2026-10-01'),
      text('problem', '问题原文', 'Original text', '某砂场扬尘严重。'),
      text('severity', '严重程度', 'Severity', '一般'),
      text('responsible', '责任单位', 'Responsible unit', '洋县人民政府'),
      text('state', '所处环节', 'State', '整改中'),
    ]),
  ],
}

/** Everything a template of the kind may name. */
export const placeholdersOf = (kind: TemplateKind): Placeholder[] => [...COMMON, ...PLACEHOLDERS[kind]]

/** Example data of a kind, for previews and for checking a text: every placeholder has its sample, every section two rows. */
export function sampleData(kind: TemplateKind): Record<string, Sample> {
  return sampleOf(placeholdersOf(kind))
}

export type Sample = string | Record<string, string>[]

function sampleOf(placeholders: readonly Placeholder[]): Record<string, Sample> {
  return Object.fromEntries(
    placeholders.map((p): [string, Sample] => [p.name, p.rows ? [rowOf(p.rows), rowOf(p.rows)] : (p.sample ?? '')]),
  )
}

const rowOf = (placeholders: readonly Placeholder[]): Record<string, string> =>
  Object.fromEntries(placeholders.map((p) => [p.name, p.sample ?? '']))
