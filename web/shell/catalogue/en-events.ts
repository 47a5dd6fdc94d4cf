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
import type { EventSentences } from './zh-events.ts'

export const enEvents: EventSentences = {
  report: (act) => `reported the problem; source: ${SOURCE_LABELS[act.source].en}`,
  triage: () => 'triaged it: category, kind and zone are settled',
  decline: (act) => `declined it: ${act.reason}`,
  merge: (act) => `merged it into another problem: ${act.reason}`,
  assign: (act) =>
    `assigned it: ${act.duties.map((duty) => `${DUTY_LABELS[duty.as].en} ${duty.orgName}`).join(', ')}; responsible leader ${act.leader.name}; term “${act.term.words}”`,
  sign: (act) => `signed for it${act.contact ? `, contact ${act.contact}` : ''}`,
  return: (act) =>
    `returned it: ${act.reason}; basis: ${act.basis}${act.suggested ? `; suggested instead: ${act.suggested}` : ''}`,
  arbitrate: (act) => `${act.uphold ? 'upheld' : 'overruled'} the return: ${act.reason}`,
  plan: (act) => `submitted the plan; goal: ${act.goal}; ${act.measures.length} measures; term “${act.term.words}”`,
  approve_plan: (act) => `approved the plan${act.note ? `: ${act.note}` : ''}`,
  reject_plan: (act) => `rejected the plan: ${act.reason}`,
  progress: (act) => `reported progress${act.percent === undefined ? '' : ` (${act.percent}%)`}: ${act.text}`,
  request_extension: (act) => `asked for an extension to ${act.toDay}: ${act.reason}`,
  decide_extension: (act) => `${act.grant ? 'granted' : 'refused'} the extension: ${act.reason}`,
  suspend: (act) => `suspended the clock: ${act.reason}; basis: ${act.basis}`,
  resume: (act) => `resumed the clock: ${act.reason}`,
  self_check: (act) => `finished the self-check and asked for acceptance: ${act.conclusion}`,
  county_accept: (act) =>
    `accepted for the county (on site ${act.onSite.day}: ${act.onSite.people.join(', ')}): ${act.conclusion}`,
  county_reject: (act) => `rejected for the county: ${act.reason}${act.falseEvidence ? '; evidence found false' : ''}`,
  city_accept: (act) => `accepted for the city (on site ${act.onSite.day}: ${act.onSite.people.join(', ')}): ${act.conclusion}`,
  city_reject: (act) => `rejected for the city: ${act.reason}${act.falseEvidence ? '; evidence found false' : ''}`,
  publicise: (act) => `published the notice; channel: ${act.channel}, phone: ${act.phone}`,
  object: (act) => `raised a named objection: ${act.text}`,
  resolve_objection: (act) => `found the objection ${act.upheld ? 'justified' : 'not justified'}: ${act.finding}`,
  file: (act) => `filed it with ${act.filedWith}, document ${act.docNo}`,
  close: (act) => `cleared it off the list${act.note ? `: ${act.note}` : ''}`,
  recheck: (act) => `looked back: ${act.result === 'confirmed' ? 'the result holds' : 'the problem is back'}. ${act.finding}`,
  reopen: (act) => `reopened it: ${act.reason}`,
  transfer: (act) => `transferred it to ${act.to} (${act.docNo}): ${act.reason}`,
  mark_unfounded: (act) =>
    'reason' in act
      ? `proposed to mark it unfounded, a second person must confirm: ${act.reason}`
      : act.confirm
        ? 'confirmed that it is unfounded'
        : 'did not agree that it is unfounded',
  infer: (act) =>
    `looked for the same elsewhere (${SCOPE_LABELS[act.scope].en}): checked ${act.checked}, found ${act.found}. ${act.pattern}`,
  override_colour: (act) =>
    'confirm' in act
      ? act.confirm
        ? 'confirmed the colour set by hand'
        : 'did not agree to the colour set by hand'
      : `proposed the colour ${act.colour === 'auto' ? 'automatic' : COLOUR_LABELS[act.colour].en}, a second person must confirm: ${act.reason}`,
  evidence_added: (act) => `added evidence (${EVIDENCE_LABELS[act.item.kind].en}): ${act.item.name}`,
  flagged: (act) => `flagged it (${FLAG_LABELS[act.kind].en}): ${act.reason}`,
  reminded: (act) => `reminded the unit: ${act.text}${act.answerBy ? `; answer by ${act.answerBy}` : ''}`,
  acknowledged: (act) => `acknowledged the reminder${act.text ? `: ${act.text}` : ''}`,
  undone: (act, effect) =>
    `took the last act${effect?.undone ? ` (${nameOfEvent(effect.undone.type).en})` : ''} back; everything is as it was before${act.reason ? `: ${act.reason}` : ''}`,
  imported: (act) =>
    `imported it from an earlier list, state: ${STATE_LABELS[act.start.state].en}${act.start.file ? `; ${act.start.file}, row ${act.start.row ?? '?'}` : ''}`,
}
