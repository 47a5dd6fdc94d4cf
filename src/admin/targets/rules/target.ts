import type { Instant } from '../../../base/rules/day.ts'

/** Where messages go: a program's webhook, or the robot of a chat group of 企业微信 or 钉钉. */
export const TARGET_KINDS = ['webhook', 'wecom', 'dingtalk'] as const
export type TargetKind = (typeof TARGET_KINDS)[number]

/** What narrows a target: kinds of events (none: all), the highest secrecy (0 公开, 1 内部), a division, an organisation that answers. */
export interface Narrowing {
  kinds: string[]
  secrecy: number
  region?: string | undefined
  org?: string | undefined
}

/** Whether a target hears of an event. */
export function hears(target: Narrowing, what: { kind: string; secrecy: number; region: string; orgs: string[] }): boolean {
  return (
    what.secrecy <= target.secrecy &&
    (target.kinds.length === 0 || target.kinds.includes(what.kind)) &&
    (!target.region || target.region === what.region) &&
    (!target.org || what.orgs.includes(target.org))
  )
}

/** A CloudEvents 1.0 message: what happened to which thing and when; who wants to know more asks the API with rights of its own. */
export function cloudEvent(o: { tenant: number; seq: number; kind: string; subject: string; at: Instant }) {
  return {
    specversion: '1.0',
    id: `${o.tenant}-${o.seq}`,
    source: `/tenants/${o.tenant}`,
    type: `qinba.${o.kind}`,
    subject: o.subject,
    time: o.at,
  }
}

/** A message as a robot of a chat group takes it; `text` is one line of Markdown's plain kind. */
export function robotMessage(kind: 'wecom' | 'dingtalk', o: { title: string; text: string }) {
  const content = `**${o.title}**\n${o.text}`
  return kind === 'wecom'
    ? { msgtype: 'markdown', markdown: { content } }
    : { msgtype: 'markdown', markdown: { title: o.title, text: content } }
}
