import type { ColourTrigger } from '../../../src/cases/rules/colours.ts'
import { COLOUR_LABELS, FLAG_LABELS } from '../../../src/cases/rules/labels.ts'
import type { GateName } from '../../../src/cases/rules/procedure.ts'

export type Inputs = Readonly<Record<string, string | number>>
export type ClockStep =
  | 'clock/rule'
  | 'clock/start'
  | 'clock/start-until'
  | 'clock/pause'
  | 'clock/pause-open'
  | 'clock/extension'
  | 'clock/extension-to'
  | 'clock/roll'
  | 'clock/due'
  | 'clock/suspended'
  | 'clock/stopped'
export type Reasons = {
  colourWhy: Record<ColourTrigger, (inputs: Inputs) => string>
  clockSteps: Record<ClockStep, (inputs: Inputs) => string>
  gates: Record<GateName, string>
}

const labelIn = (labels: Record<string, { zh: string }>, code: unknown) => labels[String(code)]?.zh ?? String(code)
const unit = (code: unknown) => (code === 'working' ? '个工作日' : '天')

/** Why a colour, why a last day, what is missing: the sentences behind the codes of the rules. */
export const zhReasons: Reasons = {
  colourWhy: {
    manual: (x) => `人工定色：${x['reason']}（${x['on']}，${x['proposedBy']} 提出，${x['confirmedBy']} 确认）`,
    rebound: (x) => `销号后反弹（${x['on']}）：${x['reason']}`,
    flagged: (x) => `${labelIn(FLAG_LABELS, x['kind'])}（${x['on']}）：${x['reason']}`,
    rejected_twice: (x) => `验收 ${x['times']} 次不通过（${x['limit']} 次即为红）`,
    overdue: (x) => `整改时限 ${x['due']} 已过，超期 ${x['days']} 天`,
    milestone_very_late: (x) => `节点“${x['milestone']}”应于 ${x['due']} 完成，已逾期 ${x['days']} 天，超过 ${x['over']} 天`,
    yellow_running: (x) => `连续为黄：${x['months']}`,
    red_stands: (x) => `${x['month']} 月末为红，尚无新批准的节点`,
    due_soon_behind: (x) => `还有 ${x['daysLeft']} 天到期，进度 ${x['done']}%，低于应有的 ${x['expected']}%`,
    milestone_late: (x) => `节点“${x['milestone']}”应于 ${x['due']} 完成，已逾期 ${x['days']} 天`,
    reports_missing: (x) => `自 ${x['since']} 起缺 ${x['missing']} 次进展报告（每 ${x['every']} 天一次）`,
    rejected_once: (x) => `验收 ${x['times']} 次不通过`,
    extended: (x) => `${x['on']} 批准延期时为${labelIn(COLOUR_LABELS, x['colourWas'])}，延期不恢复绿色`,
  },
  clockSteps: {
    'clock/rule': (x) =>
      `规则 ${x['rule']}：${x['length']} ${unit(x['unit'])}，${x['countFrom'] === 'same_day' ? '当日起算' : '次日起算'}（${x['version']}）`,
    'clock/start': (x) => `自 ${x['day']} 计算${x['last'] ? `，到 ${x['last']}` : ''}`,
    'clock/start-until': (x) => `自 ${x['day']} 起，定于 ${x['until']} 截止`,
    'clock/pause': (x) => `${x['from']} 至 ${x['to']} 中止 ${x['days']} 天：${x['reason']}（${x['by']}）`,
    'clock/pause-open': (x) => `${x['from']} 起中止：${x['reason']}（${x['by']}）`,
    'clock/extension': (x) => `${x['granted']} 批准延长 ${x['add']} ${unit(x['unit'])}：${x['reason']}（${x['by']}）`,
    'clock/extension-to': (x) => `${x['granted']} 批准延期至 ${x['to']}：${x['reason']}（${x['by']}）`,
    'clock/roll': (x) => `${x['from']} 是休息日，顺延到 ${x['to']}`,
    'clock/due': (x) => `最后一日：${x['day']}`,
    'clock/suspended': () => '中止期间不确定最后一日',
    'clock/stopped': (x) => `${x['day']} 停止计算`,
  },
  gates: {
    site_verified: '现场核实',
    returnable: '在退回期限和次数内',
    extendable: '符合延期条件',
    extension_asked: '有待审定的延期申请',
    suspended: '处于中止状态',
    findings: '反映事项逐条有核查结论',
    measures: '措施、节点全部完成或已说明',
    evidence: '整改证据齐全',
    publishable: '知悉范围为可公开',
    window_open: '在公示或异议期内',
    window_run: '公示或异议期满且无待核查异议',
    complete: '要件齐全',
    site_visit: '有现场核查材料',
    answerable: '有责任单位',
    reminded: '有待签收的催办',
  },
}
