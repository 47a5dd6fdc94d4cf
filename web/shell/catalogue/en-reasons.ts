import { COLOUR_LABELS, FLAG_LABELS } from '../../../src/cases/rules/labels.ts'
import type { Reasons } from './zh-reasons.ts'

const labelIn = (labels: Record<string, { en: string }>, code: unknown) => labels[String(code)]?.en ?? String(code)
const unit = (code: unknown) => (code === 'working' ? 'working days' : 'days')

export const enReasons: Reasons = {
  colourWhy: {
    manual: (x) => `Set by hand: ${x['reason']} (${x['on']}, proposed by ${x['proposedBy']}, confirmed by ${x['confirmedBy']})`,
    rebound: (x) => `It came back after clear-off (${x['on']}): ${x['reason']}`,
    flagged: (x) => `${labelIn(FLAG_LABELS, x['kind'])} (${x['on']}): ${x['reason']}`,
    rejected_twice: (x) => `Acceptance failed ${x['times']} times (${x['limit']} make it red)`,
    overdue: (x) => `The term ended on ${x['due']}, ${x['days']} days overdue`,
    milestone_very_late: (x) =>
      `Milestone “${x['milestone']}” was due on ${x['due']}: ${x['days']} days late, more than ${x['over']}`,
    yellow_running: (x) => `Yellow month after month: ${x['months']}`,
    red_stands: (x) => `Red at the end of ${x['month']}, and no new milestone was approved since`,
    due_soon_behind: (x) => `${x['daysLeft']} days left, ${x['done']}% done where ${x['expected']}% is expected`,
    milestone_late: (x) => `Milestone “${x['milestone']}” was due on ${x['due']}: ${x['days']} days late`,
    reports_missing: (x) => `${x['missing']} progress reports missing since ${x['since']} (one every ${x['every']} days)`,
    rejected_once: (x) => `Acceptance failed ${x['times']} time(s)`,
    extended: (x) =>
      `Extended on ${x['on']} while ${labelIn(COLOUR_LABELS, x['colourWas']).toLowerCase()}: an extension does not make it green`,
  },
  clockSteps: {
    'clock/rule': (x) =>
      `Rule ${x['rule']}: ${x['length']} ${unit(x['unit'])}, counted from ${x['countFrom'] === 'same_day' ? 'the same day' : 'the next day'} (${x['version']})`,
    'clock/start': (x) => `Counted from ${x['day']}${x['last'] ? ` to ${x['last']}` : ''}`,
    'clock/start-until': (x) => `From ${x['day']}, set to end on ${x['until']}`,
    'clock/pause': (x) => `Suspended ${x['from']} to ${x['to']}, ${x['days']} days: ${x['reason']} (${x['by']})`,
    'clock/pause-open': (x) => `Suspended since ${x['from']}: ${x['reason']} (${x['by']})`,
    'clock/extension': (x) => `Extended on ${x['granted']} by ${x['add']} ${unit(x['unit'])}: ${x['reason']} (${x['by']})`,
    'clock/extension-to': (x) => `Extended on ${x['granted']} to ${x['to']}: ${x['reason']} (${x['by']})`,
    'clock/roll': (x) => `${x['from']} is a day off, moved to ${x['to']}`,
    'clock/due': (x) => `Last day: ${x['day']}`,
    'clock/suspended': () => 'No last day while suspended',
    'clock/stopped': (x) => `Stopped on ${x['day']}`,
  },
  gates: {
    site_verified: 'seen on site',
    returnable: 'within the days and times of a return',
    extendable: 'fit for an extension',
    extension_asked: 'an extension asked for',
    suspended: 'suspended',
    findings: 'a finding on every claim',
    measures: 'all measures and milestones done or explained',
    evidence: 'the evidence complete',
    publishable: 'labelled public',
    window_open: 'within the notice or dispute window',
    window_run: 'the window run out, no objection open',
    complete: 'no field missing',
    site_visit: 'a record of a site visit',
    answerable: 'a unit that answers',
    reminded: 'a reminder that waits for its receipt',
  },
}
